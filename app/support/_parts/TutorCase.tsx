import { Group, Stack, Text, Title } from "@mantine/core";
import type { TutorReport } from "#lib/services/support/views.ts";
import { Actions } from "./Actions.tsx";
import { Attempts } from "./Attempts.tsx";
import { Checks } from "./Checks.tsx";
import { Mails } from "./Mails.tsx";
import { Migrations } from "./Migrations.tsx";
import { Sessions } from "./Sessions.tsx";
import { Stranded } from "./Stranded.tsx";
import classes from "./Support.module.css";
import { useTeller } from "./useTeller.ts";

/** Answers "It still shows Zoom" on one screen: verdicts first, and below them the facts behind them. */
export function TutorCase({ report }: { report: TutorReport }) {
  const { words, label } = useTeller();
  const { tutor, connection, checks } = report;
  const count = checks.reduce((sum, { findings }) => sum + findings.length, 0);
  const [newest] = report.migrations;
  return (
    <Stack gap="xl">
      <section aria-labelledby="tutor">
        <Group justify="space-between" align="flex-start" mb="md">
          <div>
            <Title order={2} id="tutor">
              {tutor.name}
            </Title>
            <Text size="sm" c="dimmed" className={classes.breaking}>
              {tutor.email} · <code>{tutor.id}</code>
            </Text>
          </div>
          <Text fw={600} className={classes.verdict} data-state={count === 0 ? "good" : "bad"}>
            {count === 0 ? words("verdict.good") : words("verdict.bad", { count })}
          </Text>
        </Group>
        <Checks report={report} />
      </section>
      {connection && connection.status !== "disconnected" ? (
        <Actions tutor={tutor} failed={newest?.failed ?? 0} provider={label(connection.provider)} />
      ) : null}
      <Sessions lessons={report.lessons} />
      <Migrations migrations={report.migrations} />
      <Attempts report={report} />
      <Stranded rooms={report.stranded} />
      <Mails mails={report.mails} />
    </Stack>
  );
}
