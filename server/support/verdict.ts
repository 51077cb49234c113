/** One sentence on how a tutor is, and one on what to do now. No id stands in them. */
import { mostPressing } from "#lib/services/support/pressing.ts";
import type { Finding, FindingCode, TutorReport } from "#lib/services/support/views.ts";
import { type Teller, todoOf, wholeSentence } from "./sentences.ts";

export interface Verdict {
  state: "good" | "bad";
  sentence: string;
  todo: string;
  /** How many findings the sentence doesn't speak of. */
  more: number;
}

export function verdictOf(teller: Teller, report: TutorReport): Verdict {
  const pressing = mostPressing(report.checks);
  if (!pressing) return { state: "good", more: 0, ...whenWell(teller, report) };
  const findings = report.checks.flatMap((check) => check.findings);
  const alike = findings.filter(({ code }) => code === pressing.code);
  const together = togetherOf(teller, pressing, alike.length);
  return {
    state: "bad",
    sentence:
      together ??
      wholeSentence(
        teller,
        saidBelow.has(pressing.code) ? { ...pressing, detail: null } : pressing,
      ),
    todo: todoOf(teller, pressing),
    more: findings.length - (together === null ? 1 : alike.length),
  };
}

/** Their sentences are whole without the provider's own words, which stand with the finding. */
const saidBelow: ReadonlySet<FindingCode> = new Set([
  "needs_reconnect",
  "refresh_failing",
  "client_refused",
  "api_disabled",
  "no_room_yet",
]);

/** Those whose own sentences name the room or migration by its id are told together; null for all others. */
function togetherOf({ words, label }: Teller, finding: Finding, alike: number): string | null {
  const { code, count } = finding;
  const provider = finding.provider ? label(finding.provider) : "";
  if (code === "moves_failed") return words("verdict.failed", { count, provider });
  if (code === "overdue") return words("verdict.overdue", { count: alike });
  if (code === "stranded") return words("verdict.stranded", { count: alike, provider });
  return null;
}

function whenWell({ words, label, when }: Teller, report: TutorReport) {
  const { tutor, connection, lessons, migrations } = report;
  const [newest] = migrations;
  if (!connection && !tutor.isConfirmed) {
    const { email } = tutor;
    const sentence = words("verdict.unconfirmed", { email });
    return { state: "bad" as const, sentence, todo: words("verdict.unconfirmedTodo", { email }) };
  }
  if (!connection) return { sentence: words("verdict.new"), todo: words("verdict.newTodo") };
  if (newest?.status === "running") {
    const { moved, total } = newest;
    const sentence = words("verdict.moving", { provider: label(newest.to), moved, total });
    return { sentence, todo: words("verdict.movingTodo") };
  }
  if (newest?.status === "waiting" && newest.waitingUntil) {
    const { deferred } = newest;
    const at = { provider: label(newest.to), when: when(newest.waitingUntil) };
    const sentence = words("verdict.waiting", { deferred, ...at });
    return { sentence, todo: words("verdict.waitingTodo", { deferred }) };
  }
  const provider = label(connection.provider);
  if (connection.status === "disconnected") {
    return { sentence: words("verdict.idle", { provider }), todo: words("verdict.idleTodo") };
  }
  return {
    sentence: words("verdict.well", { count: lessons.length }),
    todo: words("verdict.wellTodo", { provider }),
  };
}
