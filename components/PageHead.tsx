"use client";
import { Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useNow } from "./time/useNow.ts";
import { useTimes } from "./time/useTimes.ts";

/** The page's heading, and if the page is about times, the zone that they are in. */
export function PageHead({ title, withZone }: { title: string; withZone?: boolean }) {
  return (
    <header className="pageHead">
      <Title order={1}>{title}</Title>
      {withZone ? <ZoneLine /> : null}
    </header>
  );
}

function ZoneLine() {
  const words = useTranslations("shell");
  const { zoneName } = useTimes();
  const now = useNow();
  return (
    <Text c="dimmed" size="sm" mt={4}>
      {words("timesIn", { zone: zoneName(now) })}
    </Text>
  );
}
