import { Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTeller } from "#app/support/_parts/useTeller.ts";
import type { TutorReport } from "#lib/services/support/views.ts";
import { verdictOf } from "#server/support/verdict.ts";
import classes from "./Case.module.css";

/** What support would answer, before any detail: how it is, and what to do now. */
export function VerdictLine({ report }: { report: TutorReport }) {
  const teller = useTeller();
  const { state, sentence, todo, more } = verdictOf(teller, report);
  const Icon = state === "good" ? IconCircleCheck : IconAlertTriangle;
  return (
    <div className={classes.verdict} data-state={state}>
      <Icon size={22} aria-hidden />
      <div>
        <Text fw={600}>{sentence}</Text>
        <Text size="sm">
          {todo}
          {more > 0 ? ` ${teller.words("verdict.more", { count: more })}` : null}
        </Text>
        {report.running.map(({ id, title, provider }) => (
          <Text key={id} size="sm">
            {provider
              ? teller.words("verdict.running", { title, provider: teller.label(provider) })
              : teller.words("verdict.runningNowhere", { title })}
          </Text>
        ))}
      </div>
    </div>
  );
}
