"use client";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { LiveForm } from "#components/LiveForm.tsx";
import { MessageField, messageOf } from "#components/messages/MessageField.tsx";
import { notify } from "#components/onDemand/notify.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { fromLocalInput, toLocalInput } from "#lib/platform/localTime.ts";

interface Props {
  /** Where the request goes. */
  path: string;
  startsAt: string;
  tutor: string;
  onClose: () => void;
}

/** Which other time somebody would like, on the clocks of the zone that is shown. */
export function AskForTime({ path, startsAt, tutor, onClose }: Props) {
  const words = useTranslations("asking");
  const times = useTimes();
  const { zone } = times;
  const now = useNow();
  const router = useRouter();
  const { busy, problem, send, at, forget } = useCall();
  const [value, setValue] = useState(() => toLocalInput(startsAt, zone));
  const [message, setMessage] = useState("");
  const [missing, setMissing] = useState(false);
  const asked = fromLocalInput(value, zone);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(asked === null);
    if (asked === null) return;
    const body = { startsAtLocal: value, timeZone: zone.name, ...messageOf(message) };
    const answer = await send("POST", path, body);
    if (!answer.ok) return;
    onClose();
    void notify(words("sent", { tutor }));
    router.refresh();
  }

  const isOfMessage = problem?.field === "message";
  const sentence = at("startsAtLocal") ?? (isOfMessage ? null : (problem?.sentence ?? null));
  const refusal = sentence === null ? null : times.inSentence(sentence, now);
  return (
    <LiveForm onSubmit={submit}>
      <Stack>
        <TextInput
          type="datetime-local"
          label={words("when")}
          description={words("hint", { zone: times.zoneName(asked ?? now), tutor })}
          value={value}
          min={toLocalInput(now, zone)}
          onChange={(event) => {
            setValue(event.currentTarget.value);
            setMissing(false);
            forget();
          }}
          error={missing ? words("noDate") : refusal}
          data-autofocus
        />
        <MessageField
          value={message}
          onChange={setMessage}
          reader={tutor}
          error={isOfMessage ? at("message") : null}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words("back")}
          </Button>
          <Button type="submit" loading={busy}>
            {words("submit")}
          </Button>
        </Group>
      </Stack>
    </LiveForm>
  );
}
