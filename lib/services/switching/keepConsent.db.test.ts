import { expect, test } from "vitest";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { scene } from "#tests/harness/scene.ts";
import { redirectUri } from "#tests/harness/segue.ts";
import { beginAuthorization, completeAuthorization } from "./authorize.ts";
import { videoSetup } from "./videoSetup.ts";

const { segue, tutor, student, connection, retired, expectWorking } = scene();
const LISTS = "meeting:read:list_meetings";

test("a second consent with one permission less leaves a Zoom connection that works, and says what is missing", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  expect(await consentWithout(tutor, LISTS)).toBe("scope_missing");
  expect(await connection()).toMatchObject({ connection_status: "connected", error_code: null });
  const view = await videoSetup(segue.ctx, tutor);
  expect(view.connection).toMatchObject({ status: "connected", missingScopes: [LISTS] });
  await expectWorking();
  await segue.connect(tutor, "zoom");
  expect((await videoSetup(segue.ctx, tutor)).connection?.missingScopes).toEqual([]);
});

test("a connection that dies of what it lacks says so on the page and in the mail, in plain words", async () => {
  await segue.connect(tutor, "zoom");
  const WRITE = "meeting:write:meeting";
  expect(await consentWithout(tutor, WRITE)).toBe("scope_missing");
  await segue.lessons(tutor, student, 1);
  await segue.work();
  expect((await videoSetup(segue.ctx, tutor)).connection).toMatchObject({
    status: "needs_reconnect",
    lacksPermission: true,
    missingPermissions: ["make_meetings"],
  });
  const [mail] = await segue.rows(
    "select text_body from private.mail_texts where subject like 'Reconnect%'",
  );
  expect(mail?.text_body).toContain("Not allowed so far: create meetings.");
});

test("it goes to the other tutor whose account it is, and to a retired connection that rooms still need", async () => {
  const other = await segue.person("tutor");
  await segue.connect(other, "zoom");
  await segue.lessons(other, student, 1);
  expect(await consentWithout(tutor, LISTS, other.email)).toBe("scope_missing");
  expect(await connection()).toBeUndefined();
  await expectWorking(other);
  await segue.connect(other, "google_meet");
  expect(await consentWithout(tutor, LISTS, other.email)).toBe("scope_missing");
  expect(await retired(other)).toMatchObject({
    error_code: null,
    scopes: expect.not.arrayContaining([LISTS]),
  });
  await segue.later({ hours: 2 });
  const rooms = (await segue.standIns.rooms()).filter(({ owner }) => owner === other.email);
  expect(rooms.map(({ joinUrl }) => joinUrl?.includes("/meet/"))).toEqual([true]);
});

test("it is revoked where the account lives nowhere here", async () => {
  expect(await consentWithout(tutor, LISTS)).toBe("scope_missing");
  expect(await grantsAtZoom()).toEqual([]);
});

test("a Google connection goes on with its own tokens", async () => {
  await segue.connect(tutor, "google_meet");
  await segue.lessons(tutor, student, 1);
  const calendar = "https://www.googleapis.com/auth/calendar.events.owned";
  expect(await consentWithout(tutor, calendar, tutor.email, "google_meet")).toBe("scope_missing");
  expect((await videoSetup(segue.ctx, tutor)).connection?.missingScopes).toEqual([]);
  await expectWorking();
});

test("tokens whose account can't be read are revoked, and what died with them is known at once", async () => {
  await segue.connect(tutor, "zoom");
  await segue.standIns.faults({ provider: "zoom", operation: "account", effect: "unavailable" });
  expect(await consentWithout(tutor, null)).toBe("consent_lost");
  expect(await connection()).toMatchObject({ connection_status: "needs_reconnect" });
  expect(await grantsAtZoom()).toEqual([]);
});

test("a connection that a lost consent didn't concern is proved alive, and stays", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  await segue.standIns.faults({ provider: "zoom", operation: "token", effect: "cut_before" });
  expect(await consentWithout(tutor, null)).toBe("provider_unavailable");
  await segue.standIns.faults();
  await expectWorking();
});

test("a fault of our own while storing is tried again, since the consent has ended the earlier tokens", async () => {
  await segue.connect(tutor, "zoom");
  await segue.lessons(tutor, student, 1);
  let faults = 2;
  const nudge: typeof segue.ctx.nudge = async (trx, id) => {
    if (faults-- > 0) throw new Error("no queue");
    await segue.ctx.nudge(trx, id);
  };
  expect(await consentWithout(tutor, null, tutor.email, "zoom", { nudge })).toBe("connected");
  await expectWorking();
});

/** Consents on the provider's page, without one permission. @returns what came of it */
async function consentWithout(
  person: Person,
  missing: string | null,
  account = person.email,
  provider: ProviderId = "zoom",
  means: Partial<typeof segue.ctx> = {},
): Promise<string> {
  const ctx = { ...segue.ctx, ...means };
  const visit = segue.visit(person);
  const uri = redirectUri(provider);
  const page = await beginAuthorization(ctx, visit, provider, uri);
  const form = new URLSearchParams({ account, decision: "allow", choose_scopes: "1" });
  for (const scope of ctx.providers.get(provider).requiredScopes) {
    if (scope !== missing) form.append("granted_scope", scope);
  }
  const answer = await fetch(page, { method: "POST", body: form, redirect: "manual" });
  const { searchParams: params } = new URL(answer.headers.get("location") ?? "");
  return completeAuthorization(ctx, visit, { provider, params, redirectUri: uri }).then(
    () => "connected",
    (error: { code: string }) => error.code,
  );
}

const grantsAtZoom = async () => {
  const answer = await fetch(`${segue.standIns.url}/control/state`);
  const { zoom } = (await answer.json()) as { zoom: { grants: { email: string }[] } };
  return zoom.grants.filter(({ email }) => email === tutor.email);
};
