/** `segue doctor`: a report in plain words that ends with the problems. */
import { wordsFor } from "#lib/platform/words.ts";
import { examineTutor } from "#lib/services/support/examineTutor.ts";
import type { Finding, TutorReport } from "#lib/services/support/views.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { type Diagnosis, examineInstallation } from "./doctor/installation.ts";
import { beginner, lookedAt, type Teller, todoOf, wholeSentence } from "./support/sentences.ts";

/** @param who a tutor's id or e-mail address; without it, the whole installation is examined */
export const doctor = (ctx: Context, who?: string): Promise<Diagnosis> =>
  who === undefined ? examineInstallation(ctx) : ofTutor(ctx, who);

async function ofTutor(ctx: Context, who: string): Promise<Diagnosis> {
  const report = await examineTutor(ctx, who, { asking: true });
  const teller: Teller = { words: wordsFor("en", "support"), label: ctx.providers.label, when };
  const { tutor, checks } = report;
  const lines = [
    `Tutor: ${tutor.name} <${tutor.email}>, ${tutor.id}`,
    ...checks.map((check) => {
      const { words } = teller;
      const verdict = `${words(`steps.${check.step}`)}: ${words(`state.${check.state}`)}`;
      return `${verdict}. ${lookedAt(teller, report, check)}`;
    }),
    ...detailsOf(teller, report),
  ];
  const findings = checks.flatMap((check) => check.findings);
  return { report, lines, problems: findings.map((finding) => problemIn(teller, finding)) };
}

/** Adds the lesson's id, which the page shows in its list. */
function problemIn(teller: Teller, finding: Finding): string {
  const { lesson } = finding;
  const named = lesson ? { ...lesson, title: `${lesson.title} (${lesson.id})` } : null;
  return `${wholeSentence(teller, { ...finding, lesson: named })} ${todoOf(teller, finding)}`;
}

function detailsOf({ words, label }: Teller, report: TutorReport): string[] {
  const { lessons, migrations, moves, waiting, accounts } = report;
  const next = (at: string | null) =>
    at ? words("attempts.next", { when: when(at) }) : words("attempts.noDate");
  const said = (error: { code: string; detail: string | null } | null) => {
    if (!error) return "";
    const { code, detail } = error;
    return `; ${detail ? words("attempts.said", { detail }) : words("attempts.reason", { code })}`;
  };
  return [
    ...lessons.map(({ id, title, startsAt, provider, room, problem }) => {
      const place = provider ? label(provider) : words("sessions.noRoom");
      const byHand = room?.origin === "manual" ? `, ${words("sessions.byHand")}` : "";
      const state = words(problem ? "state.bad" : "sessions.ok");
      return `  ${when(startsAt)}  ${title} (${id}): ${place}${byHand}, ${state}`;
    }),
    ...migrations.map((one) => {
      const what = words("migrations.row", { kind: one.kind, provider: label(one.to) });
      const by = words("migrations.by", { when: when(one.createdAt), ...beginner(one.by) });
      const status = words("migrations.status", { status: one.status });
      return `  ${what} (${one.id}), ${by}: ${status}; ${words("migrations.counts", countsOf(one))}`;
    }),
    ...moves.map(({ lesson, state, attempts, nextAttemptAt, error }) => {
      const tries = words("attempts.tries", { count: attempts });
      const what = `${lesson.title} (${lesson.id}): ${words("attempts.move", { state })}`;
      return `  ${what}, ${tries}, ${next(nextAttemptAt)}${said(error)}`;
    }),
    ...waiting.map(({ provider, meetingId, waitsFor, until, error }) => {
      const what = words("attempts.meeting", { provider: label(provider) });
      return `  ${what} ${meetingId}: ${words("attempts.waitsFor", { waitsFor })}, ${next(until)}${said(error)}`;
    }),
    ...accounts.map(({ provider, current, looked, detail, rooms, strays, unknown }) => {
      const which = `${label(provider)} (${current ? "current" : "previous"} connection)`;
      if (!looked) return `  Looked through ${which}: no; ${detail}`;
      const counts = `${rooms} rooms of ours, ${strays} without use, ${unknown} unknown`;
      return `  Looked through ${which}: ${counts}`;
    }),
  ];
}

const countsOf = ({
  moved,
  total,
  failed,
  deferred,
  remaining,
}: TutorReport["migrations"][number]) => ({ moved, total, failed, deferred, remaining });

const when = (iso: string) => `${iso.slice(0, 16).replace("T", " ")} UTC`;
