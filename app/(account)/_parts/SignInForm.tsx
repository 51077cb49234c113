"use client";
import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { TextLink } from "#components/ButtonLink.tsx";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { check } from "./check.ts";
import { useAccountForm } from "./useAccountForm.ts";

export function SignInForm({ leadsTo }: { leadsTo: string }) {
  const words = useTranslations("account");
  const form = useAccountForm(
    { email: "", password: "" },
    { email: check.email, password: check.password },
  );

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!form.isComplete()) return;
    const { email, password } = form.values;
    const answer = await form.send("POST", "/api/account/sign-in/email", {
      email: email.trim(),
      password,
    });
    // A full page load: the frame around the page shows who is signed in, and the target may not be a page.
    if (answer.ok) window.location.assign(leadsTo);
  }

  return (
    <LiveForm onSubmit={submit}>
      <Stack>
        <FormError>{form.general}</FormError>
        <TextInput
          label={words("email")}
          type="email"
          autoComplete="username"
          value={form.values.email}
          onChange={(event) => form.change("email", event.currentTarget.value)}
          error={form.error("email")}
        />
        <PasswordInput
          label={words("password")}
          autoComplete="current-password"
          value={form.values.password}
          onChange={(event) => form.change("password", event.currentTarget.value)}
          aria-invalid={form.error("password") !== null}
          error={form.error("password")}
        />
        <Button type="submit" loading={form.busy} fullWidth>
          {words("signIn.submit")}
        </Button>
        <TextLink href="/forgot-password" size="sm" ta="center">
          {words("signIn.forgot")}
        </TextLink>
      </Stack>
    </LiveForm>
  );
}
