"use client";
import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { IconMailCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { check } from "./check.ts";
import { useAccountForm } from "./useAccountForm.ts";

export function ForgotForm() {
  const words = useTranslations("account");
  const form = useAccountForm({ email: "" }, { email: check.email });
  const [sentTo, setSentTo] = useState<string | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!form.isComplete()) return;
    const email = form.values.email.trim();
    const answer = await form.send("POST", "/api/account/request-password-reset", { email });
    if (answer.ok) setSentTo(email);
  }

  if (sentTo !== null) {
    return (
      <Alert color="green" icon={<IconMailCheck aria-hidden />}>
        {words("forgot.sent", { email: sentTo })}
      </Alert>
    );
  }
  return (
    <LiveForm onSubmit={submit}>
      <Stack>
        <FormError>{form.general}</FormError>
        <TextInput
          label={words("email")}
          description={words("forgot.hint")}
          type="email"
          autoComplete="username"
          value={form.values.email}
          onChange={(event) => form.change("email", event.currentTarget.value)}
          error={form.error("email")}
        />
        <Button type="submit" loading={form.busy} fullWidth>
          {words("forgot.submit")}
        </Button>
      </Stack>
    </LiveForm>
  );
}
