"use client";
import { Paper, Stack, Text, Title } from "@mantine/core";
import classes from "#app/support/_parts/Support.module.css";
import { useTeller } from "#app/support/_parts/useTeller.ts";
import type { Hit } from "#lib/services/support/searchTutors.ts";
import type { Check, TutorReport } from "#lib/services/support/views.ts";
import { Actions } from "./Actions.tsx";
import { Moves, Waiting } from "./Attempts.tsx";
import parts from "./Case.module.css";
import { CheckFold } from "./CheckFold.tsx";
import { Connection } from "./Connection.tsx";
import { Facts } from "./Facts.tsx";
import { Ids } from "./Ids.tsx";
import { Mails } from "./Mails.tsx";
import { Migrations } from "./Migrations.tsx";
import { Sessions } from "./Sessions.tsx";
import { VerdictLine } from "./VerdictLine.tsx";

interface Props {
  report: TutorReport;
  hit: Hit;
}

/** Answers "It still shows Zoom" on one screen: the verdict with its figures, and below it, folded, what they come from. */
export function TutorCase({ report, hit }: Props) {
  const { words } = useTeller();
  return (
    <Stack gap="lg">
      <Paper component="section" aria-labelledby="tutor" p="lg">
        <Stack gap="md">
          <div className={parts.head}>
            <Head report={report} hit={hit} />
            <Actions report={report} />
          </div>
          <VerdictLine report={report} />
          <Facts report={report} />
        </Stack>
      </Paper>
      <section aria-labelledby="details">
        <Title order={2} id="details" mb="xs">
          {words("details")}
        </Title>
        <Paper className={parts.folds}>
          {report.checks.map((check) => (
            <CheckFold key={check.step} report={report} check={check}>
              <Behind step={check.step} report={report} />
            </CheckFold>
          ))}
          <Ids tutorId={report.tutor.id} />
        </Paper>
      </section>
    </Stack>
  );
}

function Head({ report: { tutor }, hit }: Props) {
  const { words } = useTeller();
  const isOwn = hit.by === "id" || hit.by === "address";
  const by = words("hits.by", { by: hit.by, what: hit.what ?? "" });
  return (
    <div>
      <Title order={2} id="tutor" className={parts.name}>
        {tutor.name}
      </Title>
      <Text size="sm" c="dimmed" className={classes.breaking}>
        {tutor.email}
        {isOwn ? null : ` · ${words("hits.found", { by })}`}
      </Text>
    </div>
  );
}

/** The rows from which a verdict was reached. */
function Behind({ step, report }: { step: Check["step"]; report: TutorReport }) {
  switch (step) {
    case "sessions":
      return <Sessions lessons={report.lessons} />;
    case "migrations":
      return (
        <>
          <Moves moves={report.moves} />
          <Migrations migrations={report.migrations} />
        </>
      );
    case "work":
      return <Waiting report={report} />;
    case "mails":
      return <Mails mails={report.mails} />;
    case "connection":
      return <Connection events={report.events} />;
    // Their findings say all.
    case "join":
    case "rooms":
      return null;
  }
}
