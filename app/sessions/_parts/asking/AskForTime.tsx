"use client";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { LiveForm } from "#components/LiveForm.tsx";
import { MessageField, messageOf } from "#components/messages/MessageField.tsx";
import { notify } from "#components/onDemand/notify.ts";
import { useNewTime } from "../useNewTime.ts";

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
  const router = useRouter();
  const call = useCall();
  const time = useNewTime(startsAt, call, words("noDate"));
  const [message, setMessage] = useState("");

  async function submit(event: FormEvent) {
    event.preventDefault();
    const start = time.read();
    if (start === null) return;
    const answer = await call.send("POST", path, { ...start, ...messageOf(message) });
    if (!answer.ok) return;
    onClose();
    void notify(words("sent", { tutor }));
    router.refresh();
  }

  return (
    <LiveForm onSubmit={submit}>
      <Stack>
        <TextInput
          label={words("when")}
          description={words("hint", { zone: time.zoneName, tutor })}
          {...time.field}
        />
        <MessageField
          value={message}
          onChange={setMessage}
          reader={tutor}
          error={call.at("message")}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {words("back")}
          </Button>
          <Button type="submit" loading={call.busy}>
            {words("submit")}
          </Button>
        </Group>
      </Stack>
    </LiveForm>
  );
}
