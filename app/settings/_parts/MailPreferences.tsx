"use client";
import { Alert, Button, Checkbox, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import type { PreferencesView } from "#lib/services/telling/preferences.ts";
import type { Role } from "#lib/services/verb/context.ts";
import { GuardianStanding } from "./GuardianStanding.tsx";
import { SaveRow } from "./SaveRow.tsx";

/** Each mail ends with a link to here. */
export function MailPreferences(props: { role: Role; preferences: PreferencesView }) {
  const words = useTranslations("preferences");
  const { busy, problem, send, at } = useCall();
  const [kept, setKept] = useState(props.preferences);
  const [wishes, setWishes] = useState(props.preferences);
  const [saved, setSaved] = useState(false);
  const isStudent = props.role === "student";

  const change = (part: Partial<PreferencesView>) => {
    setWishes((before) => ({ ...before, ...part }));
    setSaved(false);
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    setSaved(false);
    const { guardian: _, saidNever: __, ...chosen } = wishes;
    const guardianEmail = wishes.guardianEmail?.trim() || null;
    const answer = await send<PreferencesView>("PATCH", "/api/preferences", {
      ...chosen,
      guardianEmail,
    });
    if (!answer.ok) return;
    setKept(answer.data);
    setWishes(answer.data);
    setSaved(true);
  }

  async function askAgain() {
    setSaved(false);
    const answer = await send<PreferencesView>("POST", "/api/preferences/ask-again");
    if (!answer.ok) return;
    // What else is chosen in the form and not saved yet stays as it is.
    setKept(answer.data);
  }

  async function takeNeverBack() {
    const answer = await send("DELETE", "/api/preferences/never");
    if (answer.ok) setKept({ ...kept, saidNever: false });
  }

  const isAtField = isStudent && problem?.field === "guardianEmail";
  return (
    <Paper p="lg" component="section" id="mails">
      <Title order={2}>{words("title")}</Title>
      <Text c="dimmed" size="sm" mb="md">
        {words("text")}
      </Text>
      {kept.saidNever ? (
        <Alert mb="md" maw={440} title={words("saidNever.title")}>
          <Stack gap="xs" align="flex-start">
            {words("saidNever.text")}
            <Button variant="default" size="compact-md" loading={busy} onClick={takeNeverBack}>
              {words("saidNever.takeBack")}
            </Button>
          </Stack>
        </Alert>
      ) : null}
      <LiveForm onSubmit={submit}>
        <Stack maw={440}>
          <FormError>{problem && !isAtField ? problem.sentence : null}</FormError>
          <Checkbox
            label={words("remindDay")}
            checked={wishes.remindDay}
            onChange={(event) => change({ remindDay: event.currentTarget.checked })}
          />
          <Checkbox
            label={words("remindHour")}
            checked={wishes.remindHour}
            onChange={(event) => change({ remindHour: event.currentTarget.checked })}
          />
          <Checkbox
            label={words("roomNews")}
            description={words(isStudent ? "roomNewsText.student" : "roomNewsText.tutor")}
            checked={wishes.roomNews}
            onChange={(event) => change({ roomNews: event.currentTarget.checked })}
          />
          {isStudent ? (
            <TextInput
              type="email"
              label={words("guardian")}
              description={words("guardianText")}
              value={wishes.guardianEmail ?? ""}
              onChange={(event) => change({ guardianEmail: event.currentTarget.value })}
              error={at("guardianEmail")}
            />
          ) : null}
          {kept.guardian && kept.guardianEmail === wishes.guardianEmail ? (
            <GuardianStanding standing={kept.guardian} busy={busy} askAgain={askAgain} />
          ) : null}
          <SaveRow label={words("save")} busy={busy} said={saved ? words("saved") : ""} />
        </Stack>
      </LiveForm>
    </Paper>
  );
}
