/** What tests request of the stand-ins. */
import { expect } from "@playwright/test";
import type { Operation } from "#sandbox/faults.ts";
import type { MailTrouble } from "#sandbox/mail/troubles.ts";
import type { LoggedCall, Settings } from "#sandbox/world.ts";
import type { App } from "#tests/harness/app.ts";

export interface SandboxMeeting {
  id: string;
  owner: string;
  title: string;
  status: string;
  joinUrl: string | null;
  passcode?: string;
}

export const setFaults = (app: App, faults: object[]): Promise<void> =>
  ask(app, "PUT", "faults", faults);

/** What the next mails meet at the mail server: the switches of `sandbox/mail/troubles.ts`. */
export const setMailTroubles = (app: App, ...troubles: MailTrouble[]): Promise<void> =>
  ask(app, "PUT", "mail", troubles);

/** What somebody does at the provider, or to its clock; see `sandbox/control.ts`. */
export const control = (app: App, path: string, body: object = {}): Promise<void> =>
  ask(app, "POST", path, body);

async function ask(app: App, method: string, path: string, body: object): Promise<void> {
  const answer = await fetch(`${app.sandboxUrl}/control/${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

/** Holds back the creates for lessons with these words in their title until faults are set anew; all others happen at once. */
export const holdCreates = (app: App, ...titles: string[]): Promise<void> =>
  setFaults(
    app,
    titles.flatMap((titleIncludes) =>
      ["google", "zoom"].map((provider) => ({
        provider,
        operation: "create",
        effect: "hold_before",
        titleIncludes,
      })),
    ),
  );

/** Per-second limits would make a test as slow as the plan that the stand-in imitates. */
export const withoutLimits = (app: App): Promise<void> => setSettings(app, { zoomPlan: "none" });

/** Lasting choices of the stand-ins; changes only those that are named. */
export const setSettings = (app: App, settings: Partial<Settings>): Promise<void> =>
  ask(app, "PUT", "settings", settings);

/** Somebody gives a meeting at Zoom another passcode by hand. */
export const setPasscode = (app: App, id: string, passcode: string): Promise<void> =>
  control(app, "set-passcode", { id, passcode });

/** How many calls of this kind were made since the app's start. */
export async function countCalls(app: App, operation: Operation): Promise<number> {
  const calls = (await (await fetch(`${app.sandboxUrl}/control/calls`)).json()) as LoggedCall[];
  return calls.filter((call) => call.operation === operation).length;
}

export async function meetingsAt(app: App, provider: "google" | "zoom"): Promise<SandboxMeeting[]> {
  const answer = await fetch(`${app.sandboxUrl}/control/state`);
  const state = (await answer.json()) as Record<string, { meetings: SandboxMeeting[] }>;
  return state[provider]?.meetings ?? [];
}

export interface InboxMail {
  to: string[] | string;
  subject: string;
  text: string;
}

export async function mailsTo(app: App, email: string): Promise<InboxMail[]> {
  const answer = await fetch(`${app.sandboxUrl}/inbox.json?to=${encodeURIComponent(email)}`);
  return (await answer.json()) as InboxMail[];
}

/** The link of the mail that asks whether an address is somebody's own, once it has come. */
export async function confirmationFor(app: App, email: string): Promise<string> {
  const links = async () =>
    (await mailsTo(app, email)).flatMap(
      ({ text }) => /http:\S+confirm-address\?token=\S+/.exec(text)?.[0] ?? [],
    );
  await expect.poll(async () => (await links()).length).toBeGreaterThan(0);
  return (await links())[0] ?? "";
}
