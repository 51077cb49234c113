"use client";
import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useEffect } from "react";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { TimeZoneSelect } from "#components/time/TimeZoneSelect.tsx";
import { zones } from "#components/time/zones.ts";
import { check } from "./check.ts";
import { RoleCards } from "./RoleCards.tsx";
import { useAccountForm } from "./useAccountForm.ts";

interface Values {
  role: string;
  name: string;
  email: string;
  password: string;
  timeZone: string | null;
}

const empty: Values = { role: "student", name: "", email: "", password: "", timeZone: null };

export function SignUpForm({ leadsTo }: { leadsTo: string }) {
  const words = useTranslations("account");
  const language = useLocale();
  const form = useAccountForm<Values>(empty, {
    name: check.name,
    email: check.email,
    password: check.newPassword,
    timeZone: check.timeZone,
  });
  const { values, change } = form;

  // Only the browser knows its zone. The server must not guess one while rendering.
  useEffect(() => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    // Some browsers answer with an offset, or that they don't know. Then the field stays empty.
    change("timeZone", zones(null).includes(zone) ? zone : null);
  }, [change]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!form.isComplete()) return;
    const answer = await form.send("POST", "/api/account/sign-up/email", {
      ...values,
      language,
      name: values.name.trim(),
      email: values.email.trim(),
    });
    if (!answer.ok) return;
    const start = values.role === "tutor" ? "/tutor/video-setup" : "/bookings";
    window.location.assign(leadsTo === "/" ? start : leadsTo);
  }

  return (
    <LiveForm onSubmit={submit}>
      <Stack>
        <FormError>{form.general}</FormError>
        <RoleCards value={values.role} onChange={(role) => change("role", role)} />
        <TextInput
          label={words("name")}
          autoComplete="name"
          value={values.name}
          onChange={(event) => change("name", event.currentTarget.value)}
          error={form.error("name")}
        />
        <TextInput
          label={words("email")}
          type="email"
          autoComplete="username"
          value={values.email}
          onChange={(event) => change("email", event.currentTarget.value)}
          error={form.error("email")}
        />
        <PasswordInput
          label={words("password")}
          description={words("passwordHint")}
          autoComplete="new-password"
          value={values.password}
          onChange={(event) => change("password", event.currentTarget.value)}
          aria-invalid={form.error("password") !== null}
          error={form.error("password")}
        />
        <TimeZoneSelect
          value={values.timeZone}
          onChange={(zone) => change("timeZone", zone)}
          error={form.error("timeZone")}
        />
        <Button type="submit" loading={form.busy} fullWidth>
          {words("signUp.submit")}
        </Button>
      </Stack>
    </LiveForm>
  );
}
