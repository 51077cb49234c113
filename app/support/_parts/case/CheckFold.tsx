import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "#app/support/_parts/Support.module.css";
import { useTeller } from "#app/support/_parts/useTeller.ts";
import type { Check, Finding, TutorReport } from "#lib/services/support/views.ts";
import { lookedAt, todoOf, wholeSentence } from "#server/support/sentences.ts";
import parts from "./Case.module.css";
import { Fold } from "./Fold.tsx";
import { ShortList } from "./ShortList.tsx";

interface Props {
  report: TutorReport;
  check: Check;
  children?: ReactNode;
}

/** One thing that was checked: what was looked at, what is wrong and what to do, and below it the facts behind that. */
export function CheckFold({ report, check, children }: Props) {
  const teller = useTeller();
  const { words } = teller;
  const alike = Map.groupBy(check.findings, ({ code }) => code);
  return (
    <Fold
      title={words(`steps.${check.step}`)}
      said={words(`state.${check.state}`)}
      state={check.state}
    >
      <Text size="sm" c="dimmed" className={classes.breaking}>
        {lookedAt(teller, report, check)}
      </Text>
      {[...alike].map(([code, findings]) => (
        <Alike key={code} findings={findings} />
      ))}
      {children}
    </Fold>
  );
}

/** What is to be done is the same for all of them, and is said once. */
function Alike({ findings }: { findings: Finding[] }) {
  const teller = useTeller();
  const [first] = findings;
  return (
    <div className={parts.findings}>
      <ShortList>
        {findings.map((finding) => (
          <li key={`${finding.lesson?.id} ${finding.what}`}>
            <Text size="sm" fw={600} className={classes.breaking}>
              {wholeSentence(teller, finding)}
            </Text>
          </li>
        ))}
      </ShortList>
      {first ? <Text size="sm">{todoOf(teller, first)}</Text> : null}
    </div>
  );
}
