/** Who may be asked how often, and what an answer means. */
import type { Selectable } from "kysely";
import { addMinutes, addSeconds, latest } from "#lib/platform/clock.ts";
import type { PrivateAsks, PrivateMailboxes } from "#lib/platform/database.types.ts";

export type Ask = Selectable<PrivateAsks>;
export type Mailbox = Selectable<PrivateMailboxes>;

/**
 * What an address would be mailed for. guardian: copies for a student with an account, who asks. student: the links of
 * a tutor's student; tutors_guardian: copies for a tutor's student. Those two the tutor asks.
 */
export const askKinds = ["guardian", "student", "tutors_guardian"] as const;
export type AskKind = (typeof askKinds)[number];

/** Of which there is one at a time. */
export interface AskOf {
  askerId: string;
  kind: AskKind;
  /** Of a tutor's ask, about whom it is. */
  studentId: string | null;
}

export const ownGuardian = (studentId: string): AskOf => ({
  askerId: studentId,
  kind: "guardian",
  studentId: null,
});

/** The bounds of mails that ask, counted over the last `days`. */
const BOUNDS = {
  days: 30,
  /** To a mailbox that never said yes to anybody, whoever asks. */
  silent: 1,
  /** To one that has said yes to somebody, whoever asks. */
  agreed: 3,
  /** Addresses that one student may want to be asked. */
  asker: 10,
  /** A tutor's students and their guardians are more. */
  tutor: 200,
} as const;

const DAY = 24 * 60;

/** What was asked before this no longer counts. */
export const countedSince = (now: Date): Date => addMinutes(now, -BOUNDS.days * DAY);

/** Of an ask that has ended the address is forgotten. */
export const forgotten = { email: null, mailbox: null } as const;

/** When the asker may want the same address to be asked again. */
export const askAgainAt = ({ tried_at: triedAt }: Pick<Ask, "tried_at">): Date =>
  addMinutes(triedAt, BOUNDS.days * DAY);

export const isBusy = (tries: number, { kind }: Pick<AskOf, "kind">): boolean =>
  tries >= (kind === "guardian" ? BOUNDS.asker : BOUNDS.tutor);

/** @param asked how many questions it was mailed since `countedSince` */
export function mayBeAsked(
  mailbox: Mailbox | undefined,
  { asked, hasAgreed }: { asked: number; hasAgreed: boolean },
): boolean {
  if (mailbox && saysNever(mailbox)) return false;
  const isAgreed = hasAgreed || Boolean(mailbox?.yes_at);
  return asked < (isAgreed ? BOUNDS.agreed : BOUNDS.silent);
}

export const saysNever = ({ never_at: never, lifted_at: lifted }: Mailbox): boolean =>
  never !== null && lifted === null;

/** A yes from before "no, never" doesn't come back when that is lifted. */
export function isAgreed(
  ask: Pick<Ask, "answer" | "answered_at">,
  mailbox: Mailbox | undefined,
): boolean {
  if (ask.answer !== "yes" || !ask.answered_at) return false;
  if (!mailbox?.never_at) return true;
  return !saysNever(mailbox) && ask.answered_at > mailbox.never_at;
}

/** When a yes was said that takes a "never" back: after it, also on a machine whose clock is behind. */
export const saidAfter = (mailbox: Mailbox | undefined, now: Date): Date =>
  mailbox?.never_at ? latest(now, addSeconds(mailbox.never_at, 0.001)) : now;

/**
 * How it stands, as the asker may know it. "cannot" says the same for a mailbox that said "no, never" and for
 * one that was asked too often, whoever asked: neither is the asker's concern.
 */
export type Standing = "asked" | "agreed" | "cannot";

export function standingOf(ask: Ask, mailbox: Mailbox | undefined): Standing {
  if (isAgreed(ask, mailbox)) return "agreed";
  const isOpen = ask.answer === null && ask.asked_at !== null;
  return isOpen && !(mailbox && saysNever(mailbox)) ? "asked" : "cannot";
}

/**
 * One name for all addresses of one mailbox, or somebody could be asked as often as they have names: what
 * follows a plus, and at Gmail the dots, decide nothing about where a mail arrives. The migration that brought
 * asks has the same rule in SQL.
 */
export function mailboxOf(email: string): string {
  const at = email.lastIndexOf("@");
  const name = email.slice(0, at);
  // A plus at the beginning has no name before it, and belongs to the mailbox's own.
  const local = name.slice(0, Math.max(name.indexOf("+", 1), 0)) || name;
  const domain = email.slice(at + 1);
  const isGmail = domain === "gmail.com" || domain === "googlemail.com";
  return isGmail ? `${local.replaceAll(".", "")}@gmail.com` : `${local}@${domain}`;
}
