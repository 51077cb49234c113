import { Paper, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconMinus } from "@tabler/icons-react";
import type { Check, TutorReport } from "#lib/services/support/views.ts";
import { lookedAt, todoOf, wholeSentence } from "#server/support/sentences.ts";
import classes from "./Support.module.css";
import { useTeller } from "./useTeller.ts";

const icons = { good: IconCheck, bad: IconAlertTriangle, idle: IconMinus };
/** More findings of the same kind add nothing, and the list of sessions shows all of them. */
const SHOWN = 5;

/** Each verdict with what was checked, what is wrong, and what to do. */
export function Checks({ report }: { report: TutorReport }) {
  return (
    <Paper component="ol" className={classes.checks}>
      {report.checks.map((check) => (
        <CheckRow key={check.step} check={check} report={report} />
      ))}
    </Paper>
  );
}

function CheckRow({ check, report }: { check: Check; report: TutorReport }) {
  const teller = useTeller();
  const { words } = teller;
  const Icon = icons[check.state];
  const id = `check-${check.step}`;
  const rest = check.findings.length - SHOWN;
  return (
    <li className={classes.check} data-state={check.state} aria-labelledby={id}>
      <span className={classes.mark}>
        <Icon size={18} aria-hidden />
      </span>
      <div>
        <Title order={3} id={id}>
          {words(`steps.${check.step}`)}
          <span className={classes.state}>{words(`state.${check.state}`)}</span>
        </Title>
        <Text size="sm" c="dimmed" className={classes.breaking}>
          {lookedAt(teller, report, check)}
        </Text>
        {check.findings.length > 0 ? (
          <ul className={classes.findings}>
            {check.findings.slice(0, SHOWN).map((finding) => (
              <li key={`${finding.code} ${finding.lesson?.id} ${finding.what}`}>
                <Text size="sm" fw={600} className={classes.breaking}>
                  {wholeSentence(teller, finding)}
                </Text>
                <Text size="sm">{todoOf(teller, finding)}</Text>
              </li>
            ))}
          </ul>
        ) : null}
        {rest > 0 ? (
          <Text size="sm" c="dimmed">
            {words("andMore", { count: rest })}
          </Text>
        ) : null}
      </div>
    </li>
  );
}
