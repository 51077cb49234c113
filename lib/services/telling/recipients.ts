/**
 * Who gets a mail: the person, and for a student's lessons also guardians who have agreed to copies. A student without
 * an account gets mails once the address that their tutor gave has agreed.
 */
import type { ClockHours } from "#lib/platform/dateWords.ts";
import type { Trx } from "#lib/platform/db.ts";
import { type Zone, zoneOrUtc } from "#lib/platform/zones/zoneRules.ts";
import { type AskOf, ownGuardian } from "#lib/records/asking/rules.ts";
import type { Slot } from "#lib/records/doors/rules.ts";
import { preferencesOf } from "#lib/records/people/queries/preferences.ts";
import { personById } from "#lib/records/people/queries.ts";
import { defaultPreferences } from "#lib/records/people/rules.ts";
import type { Side } from "#lib/records/sessions/rules.ts";
import { type Pair, readerIn } from "#lib/records/students/queries.ts";
import type { Question } from "#lib/services/asking/answerLink.ts";
import { agreedAddress } from "#lib/services/asking/standing.ts";
import { type LinkOf, linksFor } from "#lib/services/keys/personalLinks.ts";
import type { Context } from "#lib/services/verb/context.ts";

export interface Recipient {
  /** Whose news they get: on a guardian's copy the student's id. Null where nobody has an account. */
  personId: string | null;
  email: string;
  /** Null if only the address is known. */
  name: string | null;
  language: string;
  timeZone: Zone;
  clockHours: ClockHours;
  side: Side;
  /** Whose link they get. Null: a tutor, or nobody of a lesson. */
  slot: Slot | null;
  /** Of a guardian whom a tutor gave: that tutor. */
  tutorId: string | null;
  /** On a guardian's copy, the name of the student it belongs to. */
  copyOf: string | null;
  /** The name of the tutor who gave a guardian's address. Null: the student did, or it is no guardian's. */
  givenBy: string | null;
  /** The door of a lesson, for this reader. */
  linkOf: LinkOf;
  /** Set if the mail goes there in somebody else's name: what it agreed to, or is asked. */
  ask: Pick<Question, "askId" | "mailboxHash"> | null;
}

/** The kinds of mail that people may switch off. */
export type Kind = "remind_day" | "remind_hour" | "room_news";

/** Somebody with an account alone, without a guardian. */
export async function accountOf(ctx: Context, trx: Trx, personId: string): Promise<Recipient> {
  const person = await personById(trx, personId);
  if (!person) throw new Error(`Nobody is ${personId}`);
  const slot = person.role === "student" ? "student" : null;
  return {
    personId: person.id,
    email: person.email,
    name: person.name,
    language: person.language,
    timeZone: zoneOrUtc(ctx.zoneRules, person.time_zone),
    clockHours: person.clock_hours,
    side: slot ?? "tutor",
    slot,
    tutorId: null,
    copyOf: null,
    givenBy: null,
    linkOf: await linksFor(ctx, trx, { personId, tutorId: null, slot }),
    ask: null,
  };
}

/** A tutor, as far as they want mails of this kind. A `kind` of null is a mail that everybody gets. */
export async function tutorsMail(
  ctx: Context,
  trx: Trx,
  tutorId: string,
  kind: Kind | null = null,
): Promise<Recipient[]> {
  const wishes = (await preferencesOf(trx, tutorId)) ?? defaultPreferences("tutor");
  return kind === null || wishes[kind] ? [await accountOf(ctx, trx, tutorId)] : [];
}

/** Of the lessons that this tutor gives them, whoever of them wants mails of this kind. */
export async function studentsMail(
  ctx: Context,
  trx: Trx,
  { tutorId, studentId }: Pair,
  kind: Kind | null = null,
): Promise<Recipient[]> {
  const student = await readerIn(trx, { tutorId, studentId });
  if (!student) throw new Error(`Nobody is ${studentId}`);
  const wishes = (await preferencesOf(trx, studentId)) ?? defaultPreferences("student");
  const isWanted = kind === null || wishes[kind];
  const seat: Seat = {
    personId: studentId,
    name: student.name,
    language: student.language,
    timeZone: zoneOrUtc(ctx.zoneRules, student.time_zone),
    clockHours: student.clock_hours,
    side: "student",
  };
  const tutors = { askerId: tutorId, studentId };
  const readers: (Recipient | null)[] = [];
  if (student.has_account && isWanted) {
    const self = await accountOf(ctx, trx, studentId);
    // Their own guardian knows them by their own name, and not by what a tutor calls them.
    const own = { ...seat, name: self.name ?? seat.name };
    readers.push(self, await agreed(ctx, trx, own, ownGuardian(studentId)));
  }
  if (!student.has_account) {
    readers.push(await agreed(ctx, trx, seat, { ...tutors, kind: "student" }));
  }
  // What the student wants of mails isn't for the tutor's guardian to follow.
  readers.push(await agreed(ctx, trx, seat, { ...tutors, kind: "tutors_guardian" }));
  // A guardian whom both the student and the tutor gave gets one mail.
  const seen = new Set<string>();
  return readers.flatMap((reader) => {
    if (!reader || seen.has(reader.email)) return [];
    seen.add(reader.email);
    return [reader];
  });
}

/** Whose lesson or booking it is. */
export const pairOf = (row: { tutor_id: string; student_id: string }): Pair => ({
  tutorId: row.tutor_id,
  studentId: row.student_id,
});

/** A student's own side knows them by their own name, and not by what a tutor calls them. */
export const studentTo = (to: Recipient, tutorsWord: string): string =>
  to.side === "tutor" ? tutorsWord : (to.copyOf ?? to.name ?? tutorsWord);

type Seat = Omit<
  Recipient,
  "email" | "slot" | "tutorId" | "copyOf" | "givenBy" | "linkOf" | "ask"
> & {
  personId: string;
  name: string;
};

async function agreed(ctx: Context, trx: Trx, seat: Seat, of: AskOf): Promise<Recipient | null> {
  const question = await agreedAddress(ctx, trx, of);
  if (!question) return null;
  const { email, ...ask } = question;
  const isCopy = of.kind !== "student";
  const tutorId = of.kind === "tutors_guardian" ? of.askerId : null;
  return {
    ...seat,
    email,
    name: isCopy ? null : seat.name,
    slot: of.kind,
    tutorId,
    copyOf: isCopy ? seat.name : null,
    givenBy: tutorId === null ? null : ((await personById(trx, tutorId))?.name ?? null),
    linkOf: await linksFor(ctx, trx, {
      personId: seat.personId,
      tutorId,
      slot: of.kind,
    }),
    ask,
  };
}
