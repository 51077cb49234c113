"use client";
import { Group, Stack, Text, Title } from "@mantine/core";
import type { TutorReport } from "#lib/services/support/views.ts";
import { Actions } from "./Actions.tsx";
import { Attempts } from "./Attempts.tsx";
import { Checks } from "./Checks.tsx";
import { Mails } from "./Mails.tsx";
import { Migrations } from "./Migrations.tsx";
import { Section } from "./Section.tsx";
import { Sessions } from "./Sessions.tsx";
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

/** Rooms that nobody can delete any more. Most tutors have none, and then nothing is shown. */
function Stranded({ rooms }: { rooms: TutorReport["stranded"] }) {
  const { words, label, when } = useTeller();
  if (rooms.length === 0) return null;
  return (
    <Section id="stranded" title={words("rooms.title")} empty="">
      {rooms.map(({ meetingId, provider, externalId, startsAt }) => (
        <li key={meetingId} className={classes.row}>
          <Text size="sm" className="figures">
            {words("rooms.row", {
              provider: label(provider),
              what: externalId ?? words("unknownId"),
              when: when(startsAt),
            })}
          </Text>
        </li>
      ))}
    </Section>
  );
}
