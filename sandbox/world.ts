/** What every part of the sandbox works with: the clock, the memory, the switches, the call log. */
import { z } from "zod";
import { Crowd } from "#sandbox/crowd.ts";
import { type Call, Faults, operations } from "#sandbox/faults.ts";
import type { Reply } from "#sandbox/http.ts";
import { MailTroubles } from "#sandbox/mail/troubles.ts";
import type { Journal } from "#sandbox/state.ts";

/** Lasting choices where the providers' behaviour isn't known for certain, or depends on a plan. */
export const settingsSchema = z.strictObject({
  /** How long an answer takes, in real milliseconds. What isn't named is answered at once. */
  answersTakeMs: z.partialRecord(z.enum(operations), z.number().min(0).max(60_000)).default({}),
  /** How much those times differ: the sigma of a lognormal, whose median they are. */
  answersSpread: z
    .strictObject({ sigma: z.number().min(0).max(1), seed: z.number().int() })
    .default({ sigma: 0, seed: 1 }),
  /** How many calls about meetings an account may have under way at once; null means no limit. */
  mostAtOnce: z.number().int().positive().nullable().default(null),
  /** What becomes of a call beyond that. `slower`: those under way share what the account can do. */
  beyondThat: z.enum(["refused", "slower"]).default("refused"),
  /** `testing`: refresh tokens die seven days after they were made. */
  googleConsentScreen: z.enum(["production", "testing"]).default("production"),
  /** A PATCH of a deleted event is either accepted, leaving the event cancelled, or refused with 410. */
  googlePatchDeleted: z.enum(["cancelled", "gone"]).default("cancelled"),
  /** How many seconds a Google access token lives. */
  googleExpiresIn: z.number().int().positive().default(3599),
  /** Whether `email` is granted under its long name or as it was requested. */
  googleScopeNames: z.enum(["long", "asked"]).default("long"),
  /** Creates and updates per Zoom user and UTC day; null means no limit. */
  zoomDailyLimit: z.number().int().min(0).nullable().default(100),
  /** The plan whose per-second limits apply. With `none` the headers are sent and nothing is enforced. */
  zoomPlan: z.enum(["free", "pro", "business", "none"]).default("pro"),
  /** `changed`: titles come back without characters of four bytes, and with single spaces. */
  zoomTitles: z.enum(["as_sent", "changed"]).default("as_sent"),
  /** Whether starts come back with their seconds. */
  zoomStarts: z.enum(["to_the_second", "to_the_minute"]).default("to_the_second"),
  /** `at_each_reading`: the `pwd` of a link is another one each time, and every one of them opens the room. */
  zoomPwd: z.enum(["constant", "at_each_reading"]).default("constant"),
  /** E-mail addresses of users without a licence of their own (`type` 1), whatever the organisation's plan. */
  zoomBasicUsers: z.array(z.string()).default([]),
  zoomMissingScopeCode: z.union([z.literal(4711), z.literal(104), z.literal(4700)]).default(4711),
  zoomDeadRefresh: z.enum(["invalid_grant", "invalid_request"]).default("invalid_grant"),
  zoomVoidedTokenCode: z.union([z.literal(4741), z.literal(124)]).default(4741),
  /** The account's "Embed passcode in invite link": without it, links lack `pwd`, and rooms ask for the passcode. */
  zoomPasscodeInLinks: z.boolean().default(true),
  /** The users' own "Only authenticated users can join", which a create that doesn't say follows. */
  zoomSignInToJoin: z.boolean().default(false),
  /** Whether Zoom decodes percent-encoding inside the Basic header. */
  zoomDecodesBasic: z.boolean().default(false),
});
export type Settings = z.infer<typeof settingsSchema>;

export interface LoggedCall extends Call {
  status: number | "cut";
  at: string;
}

const CALLS_KEPT = 5_000;

export class World {
  readonly clock: () => Date;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly mailTroubles = new MailTroubles();
  readonly crowd = new Crowd();
  appUrl: string;
  /** The stand-ins' base URL, known once the server listens. */
  url = "";
  #calls: LoggedCall[] = [];

  constructor(journal: Journal, clock: () => Date, appUrl: string, onHold?: () => void) {
    this.journal = journal;
    this.clock = clock;
    this.faults = new Faults(onHold);
    this.appUrl = appUrl.replace(/\/$/, "");
  }

  get settings(): Settings {
    return settingsSchema.parse(this.journal.collection("settings").get("settings") ?? {});
  }

  set settings(settings: Settings) {
    this.journal.collection<Settings>("settings").set("settings", settings);
  }

  get calls(): readonly LoggedCall[] {
    return this.#calls;
  }

  forgetCalls(): void {
    this.#calls = [];
  }

  /** Records a call and how it was answered, but never a token. */
  log(call: Call, reply: Reply): Reply {
    const status = reply === "cut" ? reply : reply.status;
    this.#calls.push({ ...call, status, at: this.clock().toISOString() });
    if (this.#calls.length > CALLS_KEPT) this.#calls.shift();
    return reply;
  }
}
