import { expect, test } from "vitest";
import { addDays, addSeconds } from "#lib/platform/clock.ts";
import { ProviderError, type ProviderErrorCode } from "#lib/providers/errors.ts";
import { grant, NOW, providersAt, type Scripted, serve } from "#lib/providers/testServer.ts";
import { believedRetryAt, withinBounds } from "./believed.ts";

const inFiveMinutes = addSeconds(NOW, 300);
const aMoment = addSeconds(NOW, 1);
const soon = addSeconds(NOW, 90);
const tonight = new Date("2026-11-21T00:00:00Z");
const slack = new Date("2026-11-21T00:05:00Z");

test.each<[ProviderErrorCode, Date, Date]>([
  ["rate_limited", soon, soon],
  ["rate_limited", addDays(NOW, 30), inFiveMinutes],
  ["unavailable", tonight, inFiveMinutes],
  ["outcome_unknown", addDays(NOW, 3_650), inFiveMinutes],
  ["rate_limited", NOW, aMoment],
  ["unavailable", addDays(NOW, -1), aMoment],
  ["daily_limit", tonight, tonight],
  ["daily_limit", soon, soon],
  ["daily_limit", addDays(NOW, 1), slack],
  ["daily_limit", addDays(NOW, 30), slack],
  ["daily_limit", addDays(NOW, -1), aMoment],
])("a pause is no longer than its limit can last (%s until %o)", (code, named, believed) => {
  expect(believedRetryAt(code, named, NOW)).toEqual(believed);
});

const far = { "retry-after": "2592000" };
const refusals: Scripted[] = [
  { status: 429, json: { code: 429, message: "Slow down." }, headers: far },
  { status: 503, text: "<html>", headers: { "retry-after": "Sun, 20 Dec 2026 15:30:00 GMT" } },
  { status: 503, text: "<html>", headers: { "retry-after": "2026-12-20T15:30:00Z" } },
];

test.each(refusals)("no call of a provider names a later time: %j", async (refusal) => {
  await using server = await serve(() => refusal);
  for (const provider of providersAt(server.url).all) {
    const calls = [
      () => provider.refresh("refresh-1"),
      () => provider.revoke("refresh-1"),
      () => provider.getMeeting(grant, "12345678901"),
      () => provider.deleteMeeting(grant, "12345678901"),
      () => provider.findMeeting(grant, { key: "key", installationId: "here" }, null),
    ];
    for (const call of calls) {
      await expect(call()).rejects.toMatchObject({ retryAt: inFiveMinutes });
    }
  }
});

test("nothing that a provider can be asked, or will be able to, names a later time", async () => {
  await using server = await serve([]);
  const far = new ProviderError("rate_limited", "Slow down.", { retryAt: addDays(NOW, 30) });
  for (const provider of providersAt(server.url).all) {
    const parts = Object.entries(provider).filter(([, part]) => typeof part === "function");
    const names = [...parts.map(([name]) => name), "somethingNew"];
    const refusing = Object.fromEntries(names.map((name) => [name, () => Promise.reject(far)]));
    const bounded = withinBounds({ ...provider, ...refusing }, () => NOW);
    for (const name of names) {
      const call = Reflect.get(bounded, name) as () => Promise<unknown>;
      await expect(call(), name).rejects.toMatchObject({ retryAt: inFiveMinutes });
    }
  }
});

test("an error with another time is the same in all else", () => {
  const cause = new Error("below");
  const details = { status: 429, keySpent: true, leftover: "x", said: "No", ofOrganisation: true };
  const error = new ProviderError("rate_limited", "No", { ...details, retryAt: NOW, cause });
  const later = error.with({ retryAt: soon });
  expect(later).toMatchObject({ ...details, code: "rate_limited", message: "No", retryAt: soon });
  expect(later.cause).toBe(cause);
  expect(later.stack).toBe(error.stack);
});
