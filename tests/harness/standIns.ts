/** The stand-ins of Google and Zoom for one test file, with the access that tests of the verbs need. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "#lib/platform/clock.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { MeetingSummary } from "#sandbox/control.ts";
import type { Fault, ProviderName } from "#sandbox/faults.ts";
import { startSandbox } from "#sandbox/start.ts";
import type { LoggedCall, Settings } from "#sandbox/world.ts";
import { markFolder, sweepFolders } from "./tempFolders.ts";
import { Flight } from "./watch.ts";

export interface Room extends MeetingSummary {
  provider: ProviderId;
  /** The ledger's key of the meeting, or null if the meeting isn't ours. */
  key: string | null;
}

export interface InboxMail {
  to: string[];
  subject: string;
  text: string;
}

export interface StandIns {
  env: Record<string, string>;
  url: string;
  /** Replaces all faults. Without arguments everything works. */
  faults(...list: Fault[]): Promise<void>;
  settings(settings: Partial<Settings>): Promise<void>;
  /** Every meeting that exists and hasn't been deleted. */
  rooms(): Promise<Room[]>;
  calls(operation?: LoggedCall["operation"]): Promise<LoggedCall[]>;
  forgetCalls(): Promise<void>;
  inbox(to: string): Promise<InboxMail[]>;
  control(path: string, body?: unknown): Promise<void>;
  /** Submits a consent page. @returns the address that it redirects to */
  consent(page: URL, form: Record<string, string>): Promise<URL>;
  close(): Promise<void>;
}

const PREFIX = "segue-stand-ins-";
const names: Record<ProviderName, ProviderId> = { google: "google_meet", zoom: "zoom" };

export async function startStandIns(
  appUrl: string,
  clock: Clock,
  flight = new Flight(),
): Promise<StandIns> {
  sweepFolders(PREFIX);
  const stateDir = mkdtempSync(join(tmpdir(), PREFIX));
  markFolder(stateDir);
  const sandbox = await startSandbox({
    stateDir,
    appUrl,
    google: true,
    zoom: true,
    mail: true,
    clock,
    onHold: () => flight.hold(),
  });
  const at = (path: string) => `${sandbox.url}${path}`;
  const read = async <T>(path: string) => (await (await fetch(at(path))).json()) as T;
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(at(path), {
      method,
      headers: { "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    await answer.arrayBuffer();
  };
  const standIns: StandIns = {
    env: sandbox.env,
    url: sandbox.url,
    faults: (...list) => {
      flight.letGo();
      return send("PUT", "/control/faults", list);
    },
    settings: (settings) => send("PUT", "/control/settings", settings),
    rooms: async () => {
      const state =
        await read<Record<ProviderName, { meetings: MeetingSummary[] }>>("/control/state");
      return (["google", "zoom"] as const).flatMap((name) =>
        state[name].meetings
          .filter(({ status }) => status !== "cancelled" && status !== "deleted")
          .map((meeting) => ({ ...meeting, provider: names[name], key: keyOf(meeting.marker) })),
      );
    },
    calls: async (operation) => {
      const calls = await read<LoggedCall[]>("/control/calls");
      return operation ? calls.filter((call) => call.operation === operation) : calls;
    },
    forgetCalls: () => send("DELETE", "/control/calls"),
    inbox: (to) => read<InboxMail[]>(`/inbox.json?to=${encodeURIComponent(to)}`),
    control: (path, body = {}) => send("POST", `/control/${path}`, body),
    consent: async (page, form) => {
      const answer = await fetch(page, {
        method: "POST",
        body: new URLSearchParams(form),
        redirect: "manual",
      });
      const back = answer.headers.get("location");
      if (!back) throw new Error(`The consent page answered ${answer.status} and led nowhere`);
      return new URL(back);
    },
    close: async () => {
      await sandbox.stop();
      rmSync(stateDir, { recursive: true, force: true });
    },
  };
  // With per-second limits, the machine's speed would decide whether a test passes.
  await standIns.settings({ zoomPlan: "none" });
  return standIns;
}

/** At Google the key is a private property of the event, at Zoom the beginning of the agenda. */
function keyOf(marker: MeetingSummary["marker"]): string | null {
  if (typeof marker !== "string") return marker.segueKey ?? null;
  return /^segue:[^:]+:([a-v0-9]{26})/.exec(marker)?.[1] ?? null;
}
