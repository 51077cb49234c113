import { Paper, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TextLink } from "#components/ButtonLink.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { OutageView } from "#lib/services/support/outageViews.ts";
import classes from "./Outage.module.css";

/** The numbers, and the tutors with the soonest lessons. */
export function Concerned({ view: { concerned, hours } }: { view: OutageView }) {
  const words = useTranslations("support.outage");
  const times = useTimes();
  const now = useNow();
  const { tutors, lessons, students, soonest } = concerned;
  return (
    <Paper p="lg">
      <Title order={2} size="h3">
        {words("concerned")}
      </Title>
      <Text mt="xs">
        {tutors > 0
          ? words("numbers", { tutors, lessons, students, hours })
          : words("nobody", { hours })}
      </Text>
      {tutors > 0 ? (
        <ul className={classes.list}>
          {soonest.map(({ id, name, email, lessons: count, firstStart }) => (
            <li key={id}>
              <div>
                {/* Each look at a case stands in the log, so none is fetched before somebody follows the link. */}
                <TextLink href={`/support?who=${id}`} prefetch={false} fw={600}>
                  {name}
                </TextLink>
                <Text size="sm" c="dimmed" className={classes.breaking}>
                  {email}
                </Text>
              </div>
              <Text size="sm" className="figures">
                {words("row", { count, when: times.dayAndClock(firstStart, now) })}
              </Text>
            </li>
          ))}
          {tutors > soonest.length ? (
            <li>
              <Text size="sm" c="dimmed">
                {words("others", { count: tutors - soonest.length })}
              </Text>
            </li>
          ) : null}
        </ul>
      ) : null}
    </Paper>
  );
}
