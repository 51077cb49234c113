import { Fact, FactList } from "#app/support/_parts/Fact.tsx";
import { useTeller } from "#app/support/_parts/useTeller.ts";
import { ProviderMark } from "#components/ProviderMark.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { TutorReport } from "#lib/services/support/views.ts";

/** The figures that support is asked about, each with the one that explains it. */
export function Facts({ report }: { report: TutorReport }) {
  const { words } = useTeller();
  const { lessons, waiting, mails } = report;
  const overdue = waiting.filter((row) => row.overdue).length;
  const without = lessons.filter(({ room }) => room === null).length;
  const of = (status: string) => mails.filter((mail) => mail.status === status).length;
  return (
    <FactList>
      <Connection connection={report.connection} />
      <Fact
        name={words("facts.lessons")}
        more={words("facts.rooms", { without })}
        bad={without > 0 ? "more" : undefined}
      >
        {lessons.length}
      </Fact>
      <NextLesson lesson={lessons[0]} />
      <Newest migration={report.migrations[0]} />
      <Fact
        name={words("facts.overdue")}
        more={words("facts.waiting", { count: waiting.length - overdue })}
        bad={overdue > 0 ? "figure" : undefined}
      >
        {overdue > 0 ? words("facts.late", { count: overdue }) : words("facts.nothing")}
      </Fact>
      <Fact
        name={words("facts.mails")}
        more={words("facts.queued", { queued: of("queued") })}
        bad={of("failed") > 0 ? "figure" : undefined}
      >
        {words("facts.sent", { sent: of("sent"), failed: of("failed") })}
      </Fact>
    </FactList>
  );
}

function Connection({ connection }: Pick<TutorReport, "connection">) {
  const { words, label, when } = useTeller();
  const name = words("facts.connection");
  if (!connection) return <Fact name={name}>{words("connection.none")}</Fact>;
  const { provider, status, account, connectedAt } = connection;
  return (
    <Fact
      name={name}
      more={words("connection.as", { account, when: when(connectedAt) })}
      bad={status === "needs_reconnect" ? "figure" : undefined}
    >
      <ProviderMark provider={provider} /> {label(provider)}{" "}
      {words("connection.status", { status })}
    </Fact>
  );
}

function NextLesson({ lesson }: { lesson: TutorReport["lessons"][number] | undefined }) {
  const { words, when } = useTeller();
  const times = useTimes();
  const now = useNow();
  const name = words("facts.next");
  if (!lesson) return <Fact name={name}>{words("facts.noNext")}</Fact>;
  const soon = times.soon(lesson.startsAt, now);
  return (
    <Fact name={name} more={lesson.title}>
      {when(lesson.startsAt)}
      {soon ? ` (${soon})` : null}
    </Fact>
  );
}

function Newest({ migration }: { migration: TutorReport["migrations"][number] | undefined }) {
  const { words, label, when } = useTeller();
  const name = words("facts.change");
  if (!migration) return <Fact name={name}>{words("facts.noChange")}</Fact>;
  const { kind, to, createdAt, moved, total, failed, deferred, remaining } = migration;
  const counts = { moved, total, failed, deferred, remaining };
  return (
    <Fact
      name={name}
      more={words("facts.moved", { ...counts, when: when(createdAt) })}
      bad={failed > 0 ? "more" : undefined}
    >
      {words("migrations.row", { kind, provider: label(to) })}
    </Fact>
  );
}
