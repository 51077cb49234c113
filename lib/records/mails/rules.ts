/** Whether a mail that has waited may still be sent, and when one that wasn't is tried again. */
import type { Selectable } from "kysely";
import { addDays, addSeconds } from "#lib/platform/clock.ts";
import type { Mails, PrivateMailLessons } from "#lib/platform/database.types.ts";
import { type MailTrouble, mailTroubles } from "#lib/platform/mail/mailTrouble.ts";
import { MAIL_TRIED_DAYS } from "#lib/platform/patience.ts";
import type { OperatorKind } from "#lib/providers/errors.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { BookingStatus } from "#lib/records/bookings/rules.ts";
import type { Connection } from "#lib/records/grants/rules.ts";
import type { ChangeRequest } from "#lib/records/sessions/queries/changeRequests.ts";
import { isOpen, type Session } from "#lib/records/sessions/rules.ts";

export type MailKind = NonNullable<Mails["about"]>;

/** A lesson as a mail tells of it. */
export type LessonTold = Omit<Selectable<PrivateMailLessons>, "mail_id">;

/** What a mail is about. Every mail has to say so, or that it stays true whatever happens. */
export interface About {
  kind: MailKind | null;
  /** Whose news it is; null where nobody has an account yet. */
  personId: string | null;
  validUntil: Date | null;
  bookingId?: string;
  changeRequestId?: string;
  /** What is amiss, by the provider that it is about. */
  provider?: ProviderId;
  trouble?: OperatorKind;
  /** The address at which no mail arrives. */
  email?: string;
  lessons?: LessonTold[];
}

/** Why a mail isn't sent any more. */
const outdated = [
  "cancelled",
  "moved",
  "over",
  "superseded",
  "decided",
  "answered",
  "mended",
  "unwanted",
] as const;
export type Outdated = (typeof outdated)[number];

/** Why a mail wasn't sent: at the last attempt, or ever. */
export const mailReasons = [...mailTroubles, "unknown", ...outdated] as const;

/** A lesson as it was told of, and as it is now. */
export type LessonNow = LessonTold &
  Pick<Session, "status" | "provider" | "scheduled_end_at"> & { current_revision: number };

/** What is so now of all that the mail is about. */
export interface Facts {
  lessons: LessonNow[];
  /** Of a request: how it stands, and when its first lesson would start. */
  request: { status: BookingStatus; first: Date } | null;
  /** Of a question for another time of a lesson: how it stands. */
  asked: ChangeRequest["status"] | null;
  /** Of a question whether an address is somebody's: whether it is still asked. */
  isAsked: boolean;
  /** Of a mail that asks a tutor to connect: the connection that they have. */
  connection: { provider: ProviderId; status: Connection["connection_status"] } | null;
  /** Of a mail to the operator: whether its trouble is under way. */
  isUnderWay: boolean;
  /** Of a mail about a provider's outage: whether that is under way. */
  isOut: boolean;
  /** Of a mail that an address refuses mail: whether it does, and is still somebody's. */
  isRefused: boolean;
}

export type Verdict =
  | { kind: "send" }
  | { kind: "drop"; why: Outdated }
  /** Some of its lessons are no longer as it says, so it has to say less. */
  | { kind: "rewrite"; lessons: LessonNow[] };

const drop = (why: Outdated): Verdict => ({ kind: "drop", why });

type Judged = Pick<Selectable<Mails>, "about" | "about_provider" | "valid_until">;

export function verdictOn(mail: Judged, facts: Facts, now: Date): Verdict {
  if (mail.valid_until !== null && mail.valid_until <= now) return drop("over");
  if (mail.about === null) return { kind: "send" };
  const others = verdicts[mail.about];
  return others ? others(mail, facts, now) : ofLessons(mail.about, facts.lessons, now);
}

const sendIf = (isTrue: boolean, why: Outdated): Verdict => (isTrue ? { kind: "send" } : drop(why));

/** Of mails that aren't about lessons. */
const verdicts: Partial<Record<MailKind, (mail: Judged, facts: Facts, now: Date) => Verdict>> = {
  called_off: () => ({ kind: "send" }),
  requested: (_mail, { request }, now) => ofRequest(request, now),
  asked: (_mail, { asked }) => sendIf(asked === "open", "decided"),
  confirmation: (_mail, { isAsked }) => sendIf(isAsked, "answered"),
  reconnect: (mail, { connection }) => sendIf(isDead(mail, connection), "mended"),
  operator: (_mail, { isUnderWay }) => sendIf(isUnderWay, "mended"),
  outage: (mail, { isOut, connection }) =>
    sendIf(isOut && !isElsewhere(mail, connection), "mended"),
  outage_over: (_mail, { isOut }) => sendIf(!isOut, "superseded"),
  refused: (_mail, { isRefused }) => sendIf(isRefused, "mended"),
};

/** From its first start on it can't be accepted any more. */
function ofRequest(request: Facts["request"], now: Date): Verdict {
  if (request?.status !== "requested") return drop("decided");
  return request.first > now ? { kind: "send" } : drop("over");
}

/** Whether the connection that the mail is about is still the tutor's, and still to be renewed. */
function isDead({ about_provider: provider }: Judged, connection: Facts["connection"]): boolean {
  if (provider !== null && provider !== connection?.provider) return false;
  return connection?.status === "needs_reconnect";
}

/** Whether the tutor has moved to another provider than the mail is about. */
const isElsewhere = (
  { about_provider: provider }: Judged,
  connection: Facts["connection"],
): boolean => connection?.status === "connected" && connection.provider !== provider;

function ofLessons(kind: MailKind, lessons: LessonNow[], now: Date): Verdict {
  const whys = lessons.map((lesson) => whyOutdated(lesson, now));
  // That a request was accepted, or that lessons are elsewhere, is still news where a lesson has another time since.
  const isLeft = (why: Outdated | null) =>
    why === null || (why === "moved" && (kind === "accepted" || kind === "rooms"));
  const left = lessons.filter((_, at) => isLeft(whys[at] ?? null));
  if (left.length === 0) return drop(whys[0] ?? "cancelled");
  if (whys.every((why) => why === null)) return { kind: "send" };
  return { kind: "rewrite", lessons: left };
}

function whyOutdated(lesson: LessonNow, now: Date): Outdated | null {
  if (lesson.status === "CANCELLED") return "cancelled";
  if (!isOpen(lesson.status) || lesson.scheduled_end_at <= now) return "over";
  if (lesson.current_revision !== lesson.revision) return "moved";
  // A lesson that has lost its room gets the next one where it was, unless another mail says otherwise.
  const isOther = lesson.provider !== null && lesson.provider !== lesson.to_provider;
  return lesson.to_provider !== null && isOther ? "superseded" : null;
}

/** For good: another attempt would meet the same refusal. */
const lasting: readonly MailTrouble[] = ["address", "content"];
const LONGEST_PAUSE_SECONDS = 3_600;

/**
 * When a mail that wasn't sent is tried again: after ten seconds, then twice as long each time, up to an hour.
 * A server that wants it later takes it within minutes so, and one that is away for a weekend within an hour of its
 * return.
 * @param attempts including the last one
 * @returns null for never
 */
export function nextAttempt(
  mail: { attempts: number; created_at: Date },
  trouble: MailTrouble | "unknown",
  now: Date,
): Date | null {
  if (trouble !== "unknown" && lasting.includes(trouble)) return null;
  if (trouble === "stopped") return now;
  const pause = Math.min(2 ** Math.min(mail.attempts, 20) * 5, LONGEST_PAUSE_SECONDS);
  const next = addSeconds(now, pause);
  return next > addDays(mail.created_at, MAIL_TRIED_DAYS) ? null : next;
}
