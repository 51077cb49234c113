/** The verdict on each thing that support would check, in order, with what is wrong there. */

import { MANY_FAILED_REFRESHES } from "#lib/records/grants/rules.ts";
import { stillFailed } from "#lib/records/migrations/rules.ts";
import type { OperatorTrouble } from "#lib/records/operator/queries.ts";
import type { GrantScan } from "#lib/services/drift/findOrphans.ts";
import { type Check, type Finding, found, type TutorReport } from "#lib/services/support/views.ts";
import { joinProblem } from "./lessons.ts";

type Seen = Omit<TutorReport, "checks">;

export function checksOf(report: Seen, scans: GrantScan[], troubles: OperatorTrouble[]): Check[] {
  const { lessons, migrations, waiting, stranded, mails } = report;
  const newest = migrations[0];
  const failed = newest ? stillFailed(newest) : 0;
  return [
    check("connection", report.connection === null && lessons.length === 0, [
      ...ofOperator(report, troubles),
      ...ofConnection(report),
    ]),
    check(
      "sessions",
      lessons.length === 0,
      lessons.flatMap(({ problem }) => problem ?? []),
    ),
    check(
      "join",
      lessons.every(({ hasLink }) => !hasLink),
      lessons.flatMap((lesson) => joinProblem(lesson) ?? []),
    ),
    check(
      "migrations",
      newest === undefined,
      newest && failed > 0
        ? [found("moves_failed", { what: newest.id, provider: newest.to, count: failed })]
        : [],
    ),
    check(
      "work",
      waiting.length === 0,
      waiting.flatMap(({ overdue, meetingId, provider, waitsFor }) =>
        overdue ? [found("overdue", { what: meetingId, provider, detail: waitsFor })] : [],
      ),
    ),
    check("rooms", false, [
      ...stranded.map(({ provider, externalId, startsAt }) =>
        found("stranded", { provider, what: externalId, at: startsAt }),
      ),
      ...scans.flatMap(scanFindings),
    ]),
    check("mails", mails.length === 0, ofMails(mails)),
  ];
}

const check = (step: Check["step"], isIdle: boolean, findings: Finding[]): Check => {
  const quiet = isIdle ? "idle" : "good";
  return { step, state: findings.length > 0 ? "bad" : quiet, findings };
};

/** What the provider refuses to this Segue as a whole, and so to this tutor. */
const ofOperator = ({ connection }: Seen, troubles: OperatorTrouble[]): Finding[] =>
  troubles
    .filter(({ provider }) => provider === connection?.provider)
    .map(({ kind, provider, detail }) => found(kind, { provider, detail }));

/** A tutor without lessons needs no connection. */
function ofConnection({ connection, lessons }: Seen): Finding[] {
  if (connection?.status === "needs_reconnect") {
    return [found("needs_reconnect", { provider: connection.provider, detail: connection.error })];
  }
  if (connection && connection.failedRefreshes >= MANY_FAILED_REFRESHES) {
    const { provider, refreshError: detail, failedRefreshes: count } = connection;
    return [found("refresh_failing", { provider, detail, count })];
  }
  if (lessons.length === 0 || connection?.status === "connected") return [];
  if (!connection) return [found("not_connected")];
  return [found("disconnected", { provider: connection.provider })];
}

function ofMails(mails: Seen["mails"]): Finding[] {
  const failed = mails.filter(({ status }) => status === "failed");
  // The server has one answer for all of them.
  const held = mails.filter(({ status, reason }) => status === "queued" && reason === "server");
  return [
    ...failed.map(({ to, error, reason }) =>
      found(reason === "content" ? "mail_refused" : "mail_failed", { what: to, detail: error }),
    ),
    ...held
      .slice(0, 1)
      .map(({ error }) => found("mail_server", { detail: error, count: held.length })),
  ];
}

/** What the scan of one account has found. */
export function scanFindings(scan: GrantScan): Finding[] {
  const { provider } = scan;
  // A dead connection is reported at its own step, or has been replaced, so it isn't repeated here.
  const isNews = !scan.looked && scan.error?.again !== null;
  return [
    ...(isNews ? [found("not_looked", { provider, detail: scan.error?.detail ?? null })] : []),
    ...scan.orphans.flatMap(({ externalId, outcome }) => {
      if (outcome === "kept") return [];
      const code = outcome === "deleting" ? "stray" : "stray_refused";
      return [found(code, { provider, what: externalId })];
    }),
    ...scan.unknown.map(({ externalId }) => found("unknown_room", { provider, what: externalId })),
  ];
}
