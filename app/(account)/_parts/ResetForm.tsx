"use client";
import { Button, PasswordInput, Stack } from "@mantine/core";
import { useRouter } from "next/navigation";
import type { FormEvent } from "react";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { accountWords } from "#components/words/account.ts";
import { check } from "./check.ts";
import { useAccountForm } from "./useAccountForm.ts";

export function ResetForm({ token }: { token: string }) {
  const router = useRouter();
  const form = useAccountForm({ password: "" }, { password: check.newPassword });

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!form.isComplete()) return;
    const answer = await form.send("POST", "/api/account/reset-password", {
      newPassword: form.values.password,
      token,
    });
    if (answer.ok) router.push("/sign-in?reset=done");
  }

  return (
    <LiveForm onSubmit={submit}>
      <Stack>
        <FormError>{form.general}</FormError>
        <PasswordInput
          label={accountWords.newPassword}
          description={accountWords.passwordHint}
          autoComplete="new-password"
          value={form.values.password}
          onChange={(event) => form.change("password", event.currentTarget.value)}
          error={form.error("password")}
        />
        <Button type="submit" loading={form.busy} fullWidth>
          {accountWords.reset.submit}
        </Button>
      </Stack>
    </LiveForm>
  );
}
