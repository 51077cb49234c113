import { afterEach, expect, test } from "vitest";
import { CALL_TIMEOUT_MS } from "#lib/platform/patience.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { scene } from "#tests/harness/scene.ts";
import { redirectUri } from "#tests/harness/segue.ts";
import { beginAuthorization, completeAuthorization } from "./authorize.ts";

const { segue, tutor, student } = scene();
const real = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = real;
});

test("a consent that is still at work isn't called interrupted, though each call takes as long as it may", async () => {
  await segue.connect(tutor, "zoom", `other.${tutor.email}`);
  await segue.lessons(tutor, student, 1);
  await segue.connect(tutor, "zoom");
  const page = await beginAuthorization(segue.ctx, segue.visit(tutor), "zoom", uri);
  const back = await segue.standIns.consent(page, { account: tutor.email, decision: "allow" });
  const first = Promise.withResolvers<void>();
  // Whoever waits does so until the first use has ended, so that no time passes by waiting.
  const waiting = { ...segue.ctx, sleep: () => first.promise };
  const again: Promise<unknown>[] = [];
  let isRevoked = false;
  globalThis.fetch = (async (url: URL, init: RequestInit = {}) => {
    segue.clock.advance({ seconds: CALL_TIMEOUT_MS / 1000 - 0.1 });
    again.push(use(back, waiting));
    if (String(init.body).includes("authorization_code")) return real(url, init);
    isRevoked ||= String(url).includes("revoke");
    // Afterwards each of the tutor's grants is asked whether it is alive.
    const isRefused = isRevoked && String(url).includes("users/me");
    return isRefused
      ? Response.json({ code: 124, message: "Invalid access token." }, { status: 401 })
      : new Response("<html>", { status: 503 });
  }) as never;
  expect(await use(back, segue.ctx)).toBe("consent_lost");
  first.resolve();
  expect(new Set(await Promise.all(again))).toEqual(new Set(["consent_lost"]));
});

const uri = redirectUri("zoom");
const use = (back: URL, ctx: Context) =>
  completeAuthorization(ctx, segue.visit(tutor), {
    provider: "zoom",
    params: back.searchParams,
    redirectUri: uri,
  }).catch(({ code }: { code: string }) => code);
