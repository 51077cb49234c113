import { Text } from "@mantine/core";
import classes from "#app/support/_parts/Support.module.css";
import { useTeller } from "#app/support/_parts/useTeller.ts";
import { shownStatus } from "#components/migrationStatus.ts";
import { stillFailed } from "#lib/records/migrations/rules.ts";
import type { TutorReport } from "#lib/services/support/views.ts";
import { beginner } from "#server/support/sentences.ts";
import { ShortList } from "./ShortList.tsx";

export function Migrations({ migrations }: Pick<TutorReport, "migrations">) {
  const { words, label, when } = useTeller();
  return (
    <ShortList caption={words("migrations.all")}>
      {migrations.map((one) => {
        const { moved, total, deferred, remaining } = one;
        const failed = stillFailed(one);
        const counts = { moved, total, failed, deferred, remaining };
        return (
          <li key={one.id} className={classes.row}>
            <div>
              <Text size="sm" fw={600}>
                {words("migrations.row", { kind: one.kind, provider: label(one.to) })}
              </Text>
              <Text size="sm" c="dimmed" className="figures">
                {words("migrations.by", { when: when(one.createdAt), ...beginner(one.by) })}
              </Text>
              <Text size="sm" c="dimmed">
                <code className={classes.breaking}>{one.id}</code>
              </Text>
            </div>
            <Text size="sm" className={classes.outcome} data-state={failed > 0 ? "bad" : "good"}>
              {words("migrations.status", { status: shownStatus(one) })}
            </Text>
            <Text size="sm" className="figures">
              {words("migrations.counts", counts)}
              {one.waitingUntil
                ? `, ${words("migrations.until", { when: when(one.waitingUntil) })}`
                : null}
            </Text>
          </li>
        );
      })}
    </ShortList>
  );
}
