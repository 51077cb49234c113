import { timingSafeEqual } from "node:crypto";
import { z } from "zod";
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

function holdsSecret(call: Request, secret: string): boolean {
  const shown = Buffer.from(call.headers.get("authorization") ?? "");
  const expected = Buffer.from(`Bearer ${secret}`);
  return shown.length === expected.length && timingSafeEqual(shown, expected);
}
