/** The sentences for support in one language. The page and the terminal say the same. */
import type { createTranslator } from "use-intl/core";
import type { Messages } from "#lib/platform/words.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { Check, Finding, TutorReport } from "#lib/services/support/views.ts";

export interface Teller {
  words: ReturnType<typeof createTranslator<Messages, "support">>;
  label: (provider: ProviderId) => string;
  /** An instant as its reader's clocks show it. */
  when: (iso: string) => string;
}

/** The problem, without the lesson that it concerns. */
function sentenceOf(teller: Teller, finding: Finding): string {
  const { words } = teller;
  return words(`findings.${finding.code}`, {
    ...places(teller, finding),
    // The catalog's sentences expect "none".
    detail: finding.detail ?? "none",
    what: finding.what ?? words("unknownId"),
    count: finding.count,
    when: finding.at ? teller.when(finding.at) : "",
  });
}

const places = ({ label, words }: Teller, { provider, opens }: Finding) => ({
  provider: provider ? label(provider) : words("sessions.noRoom"),
  opens: opens ? label(opens) : words("sessions.noRoom"),
});

export const todoOf = ({ words }: Teller, { code }: Finding): string => words(`todo.${code}`);

/** The same, with the lesson's name and time before it. */
export function wholeSentence(teller: Teller, finding: Finding): string {
  const problem = sentenceOf(teller, finding);
  const { lesson } = finding;
  if (!lesson) return problem;
  const { title } = lesson;
  return teller.words("aboutLesson", { title, when: teller.when(lesson.startsAt), problem });
}

/** What was examined for a verdict, and what that showed. */
export function lookedAt(teller: Teller, report: TutorReport, { step }: Check): string {
  const { words } = teller;
  switch (step) {
    case "connection":
      return lookedAtConnection(teller, report);
    case "sessions":
      return lookedAtSessions(teller, report);
    case "join": {
      const linked = report.lessons.filter(({ hasLink }) => hasLink);
      const right = linked.filter(({ opens, provider }) => opens === provider).length;
      return words("looked.join", { count: linked.length, right });
    }
    case "migrations": {
      const [newest] = report.migrations;
      if (!newest) return words("looked.migrationsNone");
      const { kind, to, createdAt, moved, total, failed, deferred } = newest;
      const counts = { moved, total, failed, deferred };
      const provider = teller.label(to);
      return words("looked.migrations", {
        kind,
        provider,
        when: teller.when(createdAt),
        ...counts,
      });
    }
    case "work":
      return words("looked.work", { count: report.waiting.length });
    case "rooms":
      return lookedAtRooms(teller, report);
    case "mails": {
      const of = (status: string) => report.mails.filter((mail) => mail.status === status).length;
      return words("looked.mails", {
        count: report.mails.length,
        sent: of("sent"),
        queued: of("queued"),
        failed: of("failed"),
        dropped: of("dropped"),
      });
    }
  }
}

function lookedAtConnection({ words, label, when }: Teller, { connection }: TutorReport): string {
  if (!connection) return words("looked.connectionNone");
  const { provider, account, status, updatedAt, pausedUntil } = connection;
  const row = words("looked.connection", {
    provider: label(provider),
    account,
    status,
    when: when(updatedAt),
  });
  if (!pausedUntil) return row;
  return `${row} ${words("looked.connectionPaused", { when: when(pausedUntil) })}`;
}

function lookedAtSessions({ words, label, when }: Teller, report: TutorReport): string {
  const { connection, lessons } = report;
  const count = lessons.length;
  const without = lessons.filter(({ room }) => room === null).length;
  if (!connection) return words("looked.sessionsUnconnected", { count, without });
  const here = lessons.filter(({ provider, room }) => room && provider === connection.provider);
  const changed = lessons.map(({ updatedAt }) => updatedAt).sort();
  return words("looked.sessions", {
    count,
    without,
    here: here.length,
    elsewhere: count - without - here.length,
    provider: label(connection.provider),
    when: when(changed.at(-1) ?? connection.updatedAt),
  });
}

function lookedAtRooms({ words }: Teller, { accounts, stranded }: TutorReport): string {
  const asked = accounts.filter(({ looked }) => looked);
  if (asked.length === 0) return words("looked.rooms", { count: stranded.length });
  const sum = (of: "rooms" | "strays" | "unknown") =>
    asked.reduce((total, account) => total + account[of], 0);
  return words("looked.roomsAsked", {
    count: asked.length,
    rooms: sum("rooms"),
    strays: sum("strays"),
    unknown: sum("unknown"),
  });
}

/** Who started a migration, in the form that the catalog needs. */
export const beginner = ({ name, isTutor }: TutorReport["migrations"][number]["by"]) => ({
  name,
  isTutor: isTutor ? "yes" : "no",
});
