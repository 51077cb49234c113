"use client";
import { Anchor, Button, PasswordInput, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { check } from "./check.ts";
import { useAccountForm } from "./useAccountForm.ts";

interface Props {
  token: string;
  isOwn: boolean;
  isChange: boolean;
}

/** Confirms at once where this account is signed in; otherwise after its password, or with a new one. */
export function ConfirmForm({ token, isOwn, isChange }: Props) {
  const words = useTranslations("account.confirm");
  const labels = useTranslations("account");
  const [isNew, setNew] = useState(false);
  const needed = { password: check.password, newPassword: check.newPassword };
  const field = isNew ? "newPassword" : "password";
  const form = useAccountForm(
    { password: "", newPassword: "" },
    isOwn ? {} : { [field]: needed[field] },
  );

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!form.isComplete()) return;
    const shown = isOwn ? {} : { [field]: form.values[field] };
    const answer = await form.send("POST", "/api/account/confirm-address", { token, ...shown });
    // A full page load: the frame around the page shows what is still to be confirmed.
    if (answer.ok) window.location.reload();
  }

  const input = (
    <>
      <Text size="sm" c="dimmed">
        {words(isNew ? "setText" : "elsewhere")}
      </Text>
      <PasswordInput
        key={field}
        label={labels(field)}
        {...(isNew && { description: labels("passwordHint") })}
        autoComplete={isNew ? "new-password" : "current-password"}
        value={form.values[field]}
        onChange={(event) => form.change(field, event.currentTarget.value)}
        aria-invalid={form.error(field) !== null}
        error={form.error(field)}
      />
    </>
  );
  return (
    <LiveForm onSubmit={submit}>
      <Stack>
        <FormError>{form.general}</FormError>
        {isOwn ? null : input}
        <Button type="submit" loading={form.busy} fullWidth>
          {words(isNew ? "setSubmit" : "submit")}
        </Button>
        {isOwn || isChange ? null : (
          <Anchor component="button" type="button" size="sm" onClick={() => setNew(!isNew)}>
            {words(isNew ? "useInstead" : "setInstead")}
          </Anchor>
        )}
      </Stack>
    </LiveForm>
  );
}
