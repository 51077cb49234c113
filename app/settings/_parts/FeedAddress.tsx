"use client";
import { Button, Group, Stack, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { notify } from "#components/onDemand/notify.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { NewCalendarFeed } from "#lib/services/telling/calendarFeed.ts";
import { FreshAddress } from "./FreshAddress.tsx";

interface Props {
  /** Null if there is none. */
  madeAt: string | null;
}

/** Makes, replaces and revokes the private address. Only a new one can be shown. */
export function FeedAddress({ madeAt }: Props) {
  const words = useTranslations("calendar");
  const times = useTimes();
  const now = useNow();
  const router = useRouter();
  const { busy, problem, send } = useCall();
  const [url, setUrl] = useState<string | null>(null);
  const [asking, setAsking] = useState<"again" | "revoke" | null>(null);

  async function make() {
    const answer = await send<NewCalendarFeed>("POST", "/api/calendar");
    if (!answer.ok) return;
    setAsking(null);
    setUrl(answer.data.url);
    router.refresh();
  }

  async function revoke() {
    const answer = await send("DELETE", "/api/calendar");
    if (!answer.ok) return;
    setAsking(null);
    setUrl(null);
    void notify(words("revoked"));
    router.refresh();
  }

  const sentence = problem?.sentence ?? null;
  const confirm = { busy, problem: sentence, onClose: () => setAsking(null) };
  return (
    <Stack gap="md">
      {asking ? null : <FormError>{sentence}</FormError>}
      {url ? <FreshAddress url={url} /> : null}
      {madeAt && !url ? (
        <Text size="sm">{words("made", { when: times.dayAndClock(madeAt, now) })}</Text>
      ) : null}
      {madeAt || url ? (
        <Group gap="xs">
          <Button variant="default" onClick={() => setAsking("again")}>
            {words("again")}
          </Button>
          <Button
            variant="subtle"
            color="var(--mantine-color-error)"
            onClick={() => setAsking("revoke")}
          >
            {words("revoke")}
          </Button>
        </Group>
      ) : (
        <Group>
          <Button loading={busy} onClick={make}>
            {words("make")}
          </Button>
        </Group>
      )}
      <Confirm
        {...confirm}
        opened={asking === "again"}
        title={words("againTitle")}
        action={words("again")}
        onConfirm={make}
      >
        {words("againText")}
      </Confirm>
      <Confirm
        {...confirm}
        opened={asking === "revoke"}
        title={words("revokeTitle")}
        action={words("revoke")}
        onConfirm={revoke}
      >
        {words("revokeText")}
      </Confirm>
    </Stack>
  );
}
