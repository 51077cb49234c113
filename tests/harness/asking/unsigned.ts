/** Students without accounts, and what their mailboxes are sent and answer. */
import { addLessons } from "#lib/services/bookings/addLessons.ts";
import { linkToHandOver } from "#lib/services/doors/linkToHandOver.ts";
import { addStudent } from "#lib/services/students/addStudent.ts";
import { answerAsk } from "#lib/services/students/answer.ts";
import { sendMails } from "#lib/services/telling/sendMails.ts";
import type { Person } from "#lib/services/verb/context.ts";
import type { ownMailbox } from "../mailbox.ts";
import type { Segue } from "../segue.ts";
import { tokenIn } from "./guardian.ts";

export const mia = { name: "Mia", timeZone: "America/Vancouver", note: "Fractions\nnext" };
export const weekly = { subject: "Algebra", durationMinutes: 60, timeZone: "Europe/Berlin" };

let addresses = 0;
export const newAddress = () => `student${++addresses}@people.example`;

/** The tokens of the personal links in a mail. */
export const doorsIn = (text = ""): string[] =>
  [...text.matchAll(/\/j\/(\w+)/g)].map(([, token]) => token ?? "");

/** Call it once, at the top of a test file. */
export function unsigned(segue: Segue, mailbox: ReturnType<typeof ownMailbox>) {
  const at = (hours: number) => new Date(segue.clock().getTime() + hours * 3_600_000).toISOString();

  /** @returns the lessons' ids, the first so many hours from now */
  async function lessonsFor(of: Person, studentId: string, hours = 24, repeatWeekly = 1) {
    const wish = { ...weekly, repeatWeekly, startsAt: at(hours) };
    const { sessionIds } = await addLessons(segue.ctx, of, studentId, wish);
    await segue.work();
    return sessionIds;
  }

  async function mailsTo(email: string) {
    await sendMails(segue.ctx, mailbox.mailer);
    return mailbox.mails(email);
  }

  async function questionTo(email: string): Promise<string> {
    const asked = (await mailsTo(email)).filter(({ text }) => doorsIn(text).length === 0);
    return tokenIn(asked.findLast(({ text }) => tokenIn(text) !== "")?.text ?? "");
  }

  return {
    /** So many hours from now. */
    at,
    lessonsFor,
    /** A student of this tutor, with weekly lessons. */
    async withLessons(of: Person, given: object = {}, hours = 24, repeatWeekly = 1) {
      const { id } = await addStudent(segue.ctx, of, { ...mia, ...given });
      const sessionIds = await lessonsFor(of, id, hours, repeatWeekly);
      return { id, sessionIds, first: sessionIds[0] ?? "" };
    },
    /** The token of the link that the tutor hands over. */
    tokenOf: async (of: Person, sessionId: string) =>
      doorsIn((await linkToHandOver(segue.ctx, of, sessionId)).url)[0] ?? "",
    mailsTo,
    /** Those with personal links in them. */
    linksTo: async (email: string) =>
      (await mailsTo(email)).filter(({ text }) => doorsIn(text).length > 0),
    /** The token in the newest question that this address was mailed. */
    questionTo,
    /** Answers the newest question. */
    say: async (email: string, answer: "yes" | "never" = "yes") =>
      answerAsk(segue.ctx, await questionTo(email), { answer }),
  };
}
