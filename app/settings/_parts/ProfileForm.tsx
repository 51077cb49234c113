"use client";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { TimeZoneSelect } from "#components/TimeZoneSelect.tsx";
import { useCall } from "#components/useCall.ts";
import { accountWords } from "#components/words/account.ts";
import { settingsWords } from "#components/words/settings.ts";

export function ProfileForm(props: { name: string; email: string; timeZone: string }) {
  const router = useRouter();
  const { busy, problem, send, at } = useCall();
  const [name, setName] = useState(props.name);
  const [timeZone, setTimeZone] = useState<string | null>(props.timeZone);
  const [missing, setMissing] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setSaved(false);
    setMissing(name.trim() === "" ? accountWords.missing.name : null);
    if (name.trim() === "") return;
    const answer = await send("PATCH", "/api/me", { name: name.trim(), timeZone });
    if (!answer.ok) return;
    setSaved(true);
    router.refresh();
  }

  const isAtField = problem?.field === "name" || problem?.field === "timeZone";
  return (
    <LiveForm onSubmit={submit}>
      <Stack maw={440}>
        <FormError>{problem && !isAtField ? problem.sentence : null}</FormError>
        <TextInput
          label={accountWords.name}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={missing ?? at("name")}
        />
        <TextInput label={accountWords.email} value={props.email} readOnly variant="filled" />
        <TimeZoneSelect value={timeZone} onChange={setTimeZone} error={at("timeZone")} />
        <Group>
          <Button type="submit" loading={busy}>
            {settingsWords.save}
          </Button>
          <Text role="status" size="sm" c="var(--segue-good)">
            {saved ? settingsWords.saved : ""}
          </Text>
        </Group>
      </Stack>
    </LiveForm>
  );
}
