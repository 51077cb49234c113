import { Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Fact, FactList } from "#app/support/_parts/Fact.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { OutageView } from "#lib/services/support/outageViews.ts";

/** How far the tutors have come who were told; once it is over, the report of it. */
export function Progress({ outage }: { outage: NonNullable<OutageView["outage"]> }) {
  const words = useTranslations("support.outage");
  const times = useTimes();
  const now = useNow();
  const when = (iso: string) => times.dayAndClock(iso, now);
  const { tutors, told, mails, moved, safe, lastSafeAt, toldOver, overAt } = outage;
  const of = (count: number) => words("toldOf", { told: count, tutors });
  return (
    <Paper p="lg">
      <Stack gap="md">
        <div>
          <Title order={2} size="h3">
            {words("progress")}
          </Title>
          <Text mt="xs">
            {words("sinceTo", {
              declared: when(outage.declaredAt),
              over: overAt ? when(overAt) : "none",
            })}
          </Text>
        </div>
        <FactList>
          <Fact name={words("told")}>{of(told)}</Fact>
          <Fact name={words("mails")} bad={mails.failed > 0 ? "figure" : undefined}>
            {words("mailsOf", mails)}
          </Fact>
          <Fact name={words("moved")}>{of(moved)}</Fact>
          <Fact
            name={words("safe")}
            more={lastSafeAt ? words("lastSafe", { when: when(lastSafeAt) }) : undefined}
          >
            {of(safe)}
          </Fact>
          {overAt ? <Fact name={words("toldOver")}>{of(toldOver)}</Fact> : null}
        </FactList>
      </Stack>
    </Paper>
  );
}
