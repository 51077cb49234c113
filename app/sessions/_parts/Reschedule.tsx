"use client";
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { LiveForm } from "#components/LiveForm.tsx";
import {
  dayAndClock,
  fromLocalInput,
  instantsInZone,
  toLocalInput,
  zoneName,
} from "#components/time.ts";
import { useCall } from "#components/useCall.ts";
import { sessionWords } from "#components/words/sessions.ts";
import { shellWords } from "#components/words/shell.ts";
import type { SessionView } from "#lib/services/views.ts";

const words = sessionWords.change;

interface Props {
  session: SessionView;
  name: string;
  zone: string;
  now: string;
  opened: boolean;
  onClose: () => void;
}

/** A new date and time in the viewer's zone; a refusal (an overlap, say) stands at the field. */
export function Reschedule({ session, name, zone, now, opened, onClose }: Props) {
  const router = useRouter();
  const { busy, problem, send, forget } = useCall();
  const [value, setValue] = useState(() => toLocalInput(session.scheduledStartAt, zone));
  const [missing, setMissing] = useState(false);
  const startsAt = fromLocalInput(value, zone);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(startsAt === null);
    if (startsAt === null) return;
    const answer = await send("POST", `/api/sessions/${session.id}/reschedule`, { startsAt });
    if (!answer.ok) return;
    onClose();
    const when = dayAndClock(startsAt, zone, now);
    notifications.show({ message: words.done.reschedule(when), color: "green" });
    router.refresh();
  }

  const refusal = problem ? instantsInZone(problem.sentence, zone, now) : null;
  return (
    <Modal opened={opened} onClose={onClose} title={words.rescheduleTitle(name)}>
      <LiveForm onSubmit={submit}>
        <Stack>
          <TextInput
            type="datetime-local"
            label={words.newStart}
            description={`${shellWords.timesIn(zoneName(zone, startsAt ?? now))} ${words.rescheduleHint}`}
            value={value}
            min={toLocalInput(now, zone)}
            onChange={(event) => {
              setValue(event.currentTarget.value);
              setMissing(false);
              forget();
            }}
            error={missing ? words.noDate : refusal}
            data-autofocus
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {shellWords.cancel}
            </Button>
            <Button type="submit" loading={busy}>
              {words.save}
            </Button>
          </Group>
        </Stack>
      </LiveForm>
    </Modal>
  );
}
