"use client";
import { Button, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { StandingView } from "#lib/services/asking/standing.ts";

interface Props {
  standing: StandingView;
  busy: boolean;
  askAgain: () => void;
}

/** How it stands with the guardian's address that is saved. */
export function GuardianStanding({ standing, busy, askAgain }: Props) {
  const words = useTranslations("preferences");
  const times = useTimes();
  const now = useNow();
  const { state, askedAt, askAgainAt } = standing;
  const day = (at: string | null) => (at ? times.fullDay(at, now) : "");
  const mayAsk = askAgainAt !== null && Date.parse(askAgainAt) <= Date.parse(now);
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm" role="status">
        {words(`guardianStanding.${state}`, { date: day(askedAt) })}
        {askAgainAt && !mayAsk ? ` ${words("askAgainFrom", { date: day(askAgainAt) })}` : ""}
      </Text>
      {mayAsk ? (
        <Button variant="default" size="compact-md" loading={busy} onClick={askAgain}>
          {words("askAgain")}
        </Button>
      ) : null}
    </Stack>
  );
}
