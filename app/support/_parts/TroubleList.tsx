"use client";
import { Anchor, Paper, Stack, Text, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TextLink } from "#components/ButtonLink.tsx";
import { Empty } from "#components/Empty.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { MailTroubles, Trouble, Troubles } from "#lib/services/support/recentTroubles.ts";
import classes from "./Support.module.css";

const kinds = ["reconnect", "failed", "overdue"] as const;

/** What support can see before a tutor writes about it. */
export function TroubleList({ troubles }: { troubles: Troubles }) {
  const words = useTranslations("support.troubles");
  const shown = kinds.filter((kind) => troubles[kind].length > 0);
  const isQuiet = troubles.operator.length === 0 && troubles.mail.length === 0;
  if (shown.length === 0 && isQuiet) {
    return (
      <Empty
        icon={<IconCircleCheck size={28} aria-hidden />}
        title={words("well")}
        text={words("wellText")}
      />
    );
  }
  return (
    <section aria-labelledby="troubles">
      <Title order={2} id="troubles" mb="md">
        {words("title")}
      </Title>
      <Stack gap="md">
        <ForTheOperator troubles={troubles.operator} />
        {troubles.mail.length > 0 ? <MailServer troubles={troubles.mail} /> : null}
        {shown.map((kind) => (
          <Paper key={kind} p="lg">
            <Title order={3}>{words(kind)}</Title>
            <ul className={classes.list}>
              {troubles[kind].map((trouble) => (
                <Row key={trouble.tutor.id} kind={kind} trouble={trouble} />
              ))}
            </ul>
          </Paper>
        ))}
      </Stack>
    </section>
  );
}

function MailServer({ troubles }: { troubles: MailTroubles[] }) {
  const words = useTranslations("support.troubles");
  const times = useTimes();
  const now = useNow();
  return (
    <Paper p="lg">
      <Title order={3}>{words("mail")}</Title>
      <ul className={classes.list}>
        {troubles.map(({ trouble, count, since, detail }) => (
          <li key={trouble} className={classes.row}>
            <div>
              <Text size="sm" fw={600}>
                {words("mailRow", { trouble, count, when: times.dayAndClock(since, now) })}
              </Text>
              <Text size="sm">{words("mailTodo")}</Text>
              <Text size="sm" c="dimmed" className={classes.breaking}>
                {detail}
              </Text>
            </div>
          </li>
        ))}
      </ul>
    </Paper>
  );
}

/** No tutor can do anything about these, and none has to. */
function ForTheOperator({ troubles }: { troubles: Troubles["operator"] }) {
  const words = useTranslations("support.troubles");
  const names = useTranslations("providers");
  const times = useTimes();
  const now = useNow();
  if (troubles.length === 0) return null;
  return (
    <Paper p="lg">
      <Title order={3}>{words("operator")}</Title>
      <ul className={classes.list}>
        {troubles.map(({ provider: id, kind, detail, help, since }) => {
          const provider = names(id);
          return (
            <li key={`${id} ${kind}`} className={classes.row}>
              <div className={classes.whole}>
                <Text fw={600}>
                  {words("operatorRow", { kind, provider, when: times.dayAndClock(since, now) })}
                </Text>
                {detail ? (
                  <Text size="sm" c="dimmed" className={classes.breaking}>
                    {words("operatorSaid", { provider, detail })}
                  </Text>
                ) : null}
                {help ? (
                  <Anchor href={help} rel="noreferrer" className={classes.breaking}>
                    {words("operatorHelp", { kind, provider })}
                  </Anchor>
                ) : null}
              </div>
            </li>
          );
        })}
      </ul>
    </Paper>
  );
}

interface RowProps {
  kind: (typeof kinds)[number];
  trouble: Trouble;
}

function Row({ kind, trouble: { tutor, provider, count, since } }: RowProps) {
  const words = useTranslations("support.troubles");
  const names = useTranslations("providers");
  const when = useTimes().dayAndClock(since, useNow());
  const place = provider ? names(provider) : "";
  return (
    <li className={classes.row}>
      <div>
        {/* Each look at a case stands in the log, so none is fetched before somebody follows the link. */}
        <TextLink href={`/support?who=${tutor.id}`} prefetch={false} fw={600}>
          {tutor.name}
        </TextLink>
        <Text size="sm" c="dimmed" className={classes.breaking}>
          {tutor.email}
        </Text>
      </div>
      <Text size="sm" className={`${classes.rest} figures`}>
        {words(`${kind}Row`, { provider: place, count, when })}
      </Text>
    </li>
  );
}
