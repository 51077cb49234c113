import { Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { OutageView } from "#lib/services/support/outageViews.ts";
import classes from "./Outage.module.css";
import { TypedYes } from "./TypedYes.tsx";

interface Props {
  view: OutageView;
  mail: NonNullable<OutageView["mail"]>;
}

/** The mail as it would go out, and what it takes to send it. */
export function Tell({ view, mail }: Props) {
  const words = useTranslations("support.outage");
  const times = useTimes();
  const now = useNow();
  const { provider, concerned, againFrom, outage } = view;
  const { tutors } = concerned;
  return (
    <Paper p="lg">
      <Stack gap="md">
        <Title order={2} size="h3">
          {words("mail")}
        </Title>
        <Text>{words("mailTo")}</Text>
        <div className={classes.mail}>
          <Text fw={600}>{mail.subject}</Text>
          {mail.paragraphs.map((paragraph) => (
            <Text key={paragraph} size="sm">
              {paragraph}
            </Text>
          ))}
          <Text size="sm" fw={600}>
            [{mail.button}]
          </Text>
        </div>
        {againFrom && outage ? (
          <Text>
            {words("toldRecently", {
              told: times.dayAndClock(outage.toldFrom, now),
              from: times.dayAndClock(againFrom, now),
            })}
          </Text>
        ) : (
          <TypedYes
            path={`/api/support/outages/${provider}`}
            label={words("yes", { tutors })}
            action={words("tell", { tutors })}
          />
        )}
      </Stack>
    </Paper>
  );
}
