/** `segue doctor`: a report in plain words, with what is to be looked at at its end. */
import type { Context } from "#lib/services/context.ts";
import { examineTutor, type TutorReport } from "#lib/services/examineTutor.ts";
import { type Diagnosis, examineInstallation } from "./doctor/installation.ts";

/** @param who a tutor's id or e-mail address; without it the installation as a whole */
export const doctor = (ctx: Context, who?: string): Promise<Diagnosis> =>
  who === undefined ? examineInstallation(ctx) : ofTutor(ctx, who);

async function ofTutor(ctx: Context, who: string): Promise<Diagnosis> {
  const report = await examineTutor(ctx, who);
  const { tutor, lessons, migrations, waiting, stranded, strays } = report;
  const label = ctx.providers.label;
  const lines = [
    `Tutor: ${tutor.name} <${tutor.email}>, ${tutor.id}`,
    `Connection: ${connectionLine(ctx, report)}`,
    `Future lessons: ${lessons.length}`,
    ...lessons.map(({ sessionId, title, startsAt, provider, room, problem }) => {
      const place = provider ? label(provider) : "no room";
      const byHand = room === "manual" ? ", written in by hand" : "";
      return `  ${when(startsAt)}  ${title} (${sessionId}): ${place}${byHand}, ${problem ?? "ok"}`;
    }),
    `Migrations, open and newest: ${migrations.length || "none"}`,
    ...migrations.map((one) => {
      const counts = `${one.moved} of ${one.total} moved, ${one.failed} failed, ${one.deferred} deferred, ${one.skipped} skipped, ${one.remaining} to go`;
      const until = one.waitingUntil ? `, until ${when(new Date(one.waitingUntil))}` : "";
      return `  ${when(new Date(one.createdAt))}  ${one.kind} to ${label(one.to)} (${one.id}): ${one.status}${until}; ${counts}`;
    }),
    `Waiting: ${waiting.length || "nothing"}`,
    ...waiting.map((row) => {
      const until = row.until ? `until ${when(row.until)}` : "for no date";
      const error = row.error ? `; last answer: ${row.error.detail ?? row.error.code}` : "";
      return `  ${label(row.provider)} meeting ${row.meetingId} waits for ${row.waitsFor} ${until}${error}`;
    }),
    ...stranded.map(
      (room) =>
        `Stranded: ${label(room.provider)} room ${room.externalId ?? "of unknown id"} of ${when(room.startsAt)}`,
    ),
    ...strays.map((look) => {
      const which = `${label(look.provider)} (${look.current ? "current" : "previous"} connection)`;
      if (!look.looked) return `Looked for strays at ${which}: no; ${look.error?.detail}`;
      const counts = `${look.living.length} rooms of ours, ${look.strays.length} without use, ${look.unknown.length} unknown`;
      return `Looked for strays at ${which}: ${counts}`;
    }),
  ];
  return { report, lines, problems: problemsIn(ctx, report) };
}

function connectionLine(ctx: Context, { connection }: TutorReport): string {
  if (!connection) return "none yet";
  const { provider, status, account, error, pausedUntil } = connection;
  const pause = pausedUntil ? `; no new tokens before ${when(pausedUntil)}` : "";
  return `${ctx.providers.label(provider)} as ${account}, ${status}${error ? `: ${error}` : ""}${pause}`;
}

function problemsIn(ctx: Context, report: TutorReport): string[] {
  const { connection, lessons, migrations, waiting, stranded, strays } = report;
  const label = ctx.providers.label;
  const isDead = connection?.status === "needs_reconnect";
  return [
    ...(isDead ? [`${label(connection.provider)} has to be reconnected by the tutor`] : []),
    ...lessons.flatMap(({ sessionId, startsAt, problem }) =>
      problem ? [`The lesson of ${when(startsAt)} (${sessionId}) ${problem}`] : [],
    ),
    ...migrations
      .slice(0, 1)
      .flatMap(({ failed, id }) =>
        failed > 0 ? [`Lessons that failed in the newest migration (${id}): ${failed}`] : [],
      ),
    ...waiting.flatMap(({ overdue, meetingId, waitsFor }) =>
      overdue ? [`Meeting ${meetingId} is overdue for ${waitsFor}: is a worker running?`] : [],
    ),
    ...stranded.map(
      ({ provider, externalId, startsAt }) =>
        `Nobody could delete the ${label(provider)} room ${externalId ?? "of unknown id"} of ${when(startsAt)}`,
    ),
    ...strays.flatMap((look) => {
      const at = label(look.provider);
      // A dead connection is named above, or was replaced; it is no news here.
      const isNews = !look.looked && look.error?.again !== null;
      const found = look.strays.flatMap(({ externalId, outcome }) => {
        if (outcome === "kept") return [];
        const fate = outcome === "deleting" ? "is being deleted" : "may not be deleted, says it";
        return [`Room ${externalId} at ${at} is of no use to a lesson and ${fate}`];
      });
      return [
        ...(isNews ? [`${at} couldn't be looked through: ${look.error?.detail}`] : []),
        ...found,
        ...look.unknown.map(
          ({ externalId }) =>
            `Room ${externalId} at ${at} carries Segue's mark, and this database doesn't know it; it is left alone`,
        ),
      ];
    }),
  ];
}

const when = (at: Date) => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
