"use client";
import { Button, Stack, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { ChangeRequestView } from "#lib/services/sessions/views.ts";

interface Props {
  request: ChangeRequestView;
  tutor: string;
  /** When the lesson is now. */
  startsAt: string;
  /** Whether the viewer asked. */
  isOwn: boolean;
  /** Where it is taken back. */
  path: string;
}

/** To whoever asks for another time: what they asked for, and what came of it. Nothing where that is known otherwise. */
export function Asked({ request, tutor, startsAt, isOwn, path }: Props) {
  const words = useTranslations("asking");
  const times = useTimes();
  const now = useNow();
  const router = useRouter();
  const { busy, problem, send } = useCall();
  const { status, answer, from } = request;
  const when = times.dayAndClock(request.startsAt, now);
  if (status === "accepted" && request.startsAt === startsAt) {
    return (
      <Text size="sm" role="status">
        {words("movedAsAsked", { when, tutor })}
      </Text>
    );
  }
  if (status !== "open" && status !== "declined") return null;

  async function withdraw() {
    const answered = await send("POST", path);
    if (answered.ok) router.refresh();
  }

  const who = isOwn ? "you" : from;
  return (
    <Stack gap={4} align="flex-start" style={{ overflowWrap: "anywhere" }}>
      <Text size="sm" role="status">
        {status === "open"
          ? words(`open.${who}`, { when, tutor })
          : words("declined", { when, tutor })}
      </Text>
      {answer ? <Text size="sm">{words("answer", { tutor, text: answer })}</Text> : null}
      <FormError>{problem?.sentence ?? null}</FormError>
      {status === "open" && isOwn ? (
        <Button size="xs" variant="default" loading={busy} onClick={withdraw}>
          {words("withdraw")}
        </Button>
      ) : null}
    </Stack>
  );
}
