"use client";
import { Button, Group, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";

const empty = { password: "", newPassword: "" };

export function PasswordForm() {
  const words = useTranslations("settings.password");
  const account = useTranslations("account");
  const { busy, problem, send, at } = useCall();
  const [values, setValues] = useState(empty);
  const [done, setDone] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const answer = await send("POST", "/api/account/change-password", values);
    setDone(answer.ok);
    if (answer.ok) setValues(empty);
  }

  const input = (field: keyof typeof empty, label: string, autoComplete: string) => (
    <PasswordInput
      label={label}
      autoComplete={autoComplete}
      required
      withAsterisk={false}
      value={values[field]}
      onChange={({ currentTarget: { value } }) => setValues({ ...values, [field]: value })}
      error={at(field)}
    />
  );
  const isAtField = problem?.field && problem.field in values;
  return (
    <LiveForm onSubmit={submit}>
      <Stack gap="sm">
        <Title order={3}>{words("title")}</Title>
        <Text size="sm" c="dimmed">
          {words("text")}
        </Text>
        <FormError>{problem && !isAtField ? problem.sentence : null}</FormError>
        {input("password", words("present"), "current-password")}
        {input("newPassword", account("newPassword"), "new-password")}
        <Group>
          <Button type="submit" variant="default" loading={busy}>
            {words("submit")}
          </Button>
        </Group>
        <Text role="status" size="sm" c="var(--segue-good)">
          {done ? words("done") : ""}
        </Text>
      </Stack>
    </LiveForm>
  );
}
