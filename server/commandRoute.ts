import { z } from "zod";
import { isSame } from "#lib/platform/crypto.ts";
import { loadSecrets } from "#lib/platform/secrets.ts";
import { notFound } from "#lib/services/verb/errors.ts";
import { parseInput } from "#lib/services/verb/input.ts";
import { perform } from "./commands.ts";
import { guarded, json, readJson } from "./http.ts";

const request = z.object({ command: z.string(), args: z.array(z.string()) });

/** For an embedded database only. Its secret is in `DATA_DIR`, readable only by the owner. */
export const commandRoute = (call: Request): Promise<Response> =>
  guarded(call, async (ctx) => {
    const { databaseUrl, dataDir } = ctx.config;
    if (databaseUrl || !holdsSecret(call, loadSecrets(dataDir).cliSecret)) {
      throw notFound("page");
    }
    const { command, args } = parseInput(request, await readJson(call));
    return json(await perform(ctx, command, args));
  });

const holdsSecret = (call: Request, secret: string): boolean =>
  isSame(call.headers.get("authorization") ?? "", `Bearer ${secret}`);
