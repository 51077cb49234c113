/** What tests request of the stand-ins. */
import { expect } from "@playwright/test";
import type { App } from "#tests/harness/app.ts";

export interface SandboxMeeting {
  id: string;
  owner: string;
  title: string;
  status: string;
  joinUrl: string | null;
}

export async function setFaults(app: App, faults: object[]): Promise<void> {
  const answer = await fetch(`${app.sandboxUrl}/control/faults`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(faults),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

/** What somebody does at the provider, or to its clock; see `sandbox/control.ts`. */
export async function control(app: App, path: string, body: object = {}): Promise<void> {
  const answer = await fetch(`${app.sandboxUrl}/control/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

/** Delays the creates for lessons with these words in their title; all others happen at once. */
export const holdCreates = (app: App, ...titles: string[]): Promise<void> =>
  setFaults(
    app,
    titles.flatMap((titleIncludes) =>
      ["google", "zoom"].map((provider) => ({
        provider,
        operation: "create",
        effect: "delay",
        delayMs: 60_000,
        titleIncludes,
      })),
    ),
  );

/** Per-second limits would make a test as slow as the plan that the stand-in imitates. */
export async function withoutLimits(app: App): Promise<void> {
  const answer = await fetch(`${app.sandboxUrl}/control/settings`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ zoomPlan: "none" }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
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
