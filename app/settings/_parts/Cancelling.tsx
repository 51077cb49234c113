"use client";
import { Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { MOST_CANCEL_HOURS } from "#lib/records/sessions/rules.ts";
import { SaveRow } from "./SaveRow.tsx";

/** For a tutor: until when students cancel by themselves. */
export function Cancelling(props: { hours: number }) {
  const words = useTranslations("settings");
  const { busy, problem, send, at } = useCall();
  const [hours, setHours] = useState(`${props.hours}`);
  const [saved, setSaved] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setSaved(false);
    const answer = await send("PATCH", "/api/me", { cancelUntilHours: Number(hours) });
    setSaved(answer.ok);
  }

  const isAtField = problem?.field === "cancelUntilHours";
  return (
    <Paper p="lg" component="section" aria-labelledby="cancelling">
      <Title order={2} id="cancelling">
        {words("cancelling.title")}
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        {words("cancelling.text")}
      </Text>
      <LiveForm onSubmit={submit}>
        <Stack maw={440}>
          <FormError>{problem && !isAtField ? problem.sentence : null}</FormError>
          <TextInput
            type="number"
            label={words("cancelling.hours")}
            description={words("cancelling.hint")}
            w={{ base: "100%", sm: 240 }}
            min={0}
            max={MOST_CANCEL_HOURS}
            value={hours}
            onChange={(event) => {
              setHours(event.currentTarget.value);
              setSaved(false);
            }}
            error={at("cancelUntilHours")}
          />
          <SaveRow
            label={words("cancelling.save")}
            busy={busy}
            said={saved ? words("saved") : ""}
          />
        </Stack>
      </LiveForm>
    </Paper>
  );
}
