"use client";
import { Paper, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TextLink } from "#components/ButtonLink.tsx";
import { ProviderMark } from "#components/ProviderMark.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { Found, Hit } from "#lib/services/support/searchTutors.ts";
import classes from "./Hits.module.css";

/** Several tutors who may be meant, each a link to their case. */
export function Hits({ who, found: { hits, hasMore } }: { who: string; found: Found }) {
  const words = useTranslations("support.hits");
  const count = hits.length;
  return (
    <section aria-labelledby="hits">
      <Title order={2} id="hits" mb={hasMore ? 4 : "xs"}>
        {words(hasMore ? "more" : "title", { count, who })}
      </Title>
      {hasMore ? <Text mb="xs">{words("narrow", { count })}</Text> : null}
      <Paper component="ul" className={classes.hits}>
        {hits.map((hit) => (
          <HitRow key={hit.tutor.id} hit={hit} />
        ))}
      </Paper>
    </section>
  );
}

function HitRow({ hit: { tutor, by, what, connection, lessons, nextAt } }: { hit: Hit }) {
  const words = useTranslations("support.hits");
  const times = useTimes();
  const now = useNow();
  return (
    <li className={classes.hit}>
      <div>
        {/* Each look at a case stands in the log, so none is fetched before somebody follows the link. */}
        <TextLink
          href={`/support?who=${tutor.id}`}
          prefetch={false}
          fw={600}
          className={classes.link}
        >
          {tutor.name}
        </TextLink>
        <Text size="sm" c="dimmed">
          {tutor.email}
        </Text>
      </div>
      <Place connection={connection} />
      <div>
        <Text size="sm" className="figures">
          {words("lessons", { count: lessons })}
          {nextAt ? `, ${words("next", { when: times.dayAndClock(nextAt, now) })}` : null}
        </Text>
        <Text size="sm" c="dimmed">
          {words("found", { by: words("by", { by, what: what ?? "" }) })}
        </Text>
      </div>
    </li>
  );
}

function Place({ connection }: Pick<Hit, "connection">) {
  const words = useTranslations("support.connection");
  const names = useTranslations("providers");
  if (!connection) {
    return (
      <Text size="sm" c="dimmed">
        {words("none")}
      </Text>
    );
  }
  const { provider, status } = connection;
  return (
    <Text size="sm" component="div" className={classes.place} data-status={status}>
      <ProviderMark provider={provider} />
      <span>
        {names(provider)} {words("status", { status })}
      </span>
    </Text>
  );
}
