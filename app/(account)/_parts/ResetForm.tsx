"use client";
import { Button, PasswordInput, Stack } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { check } from "./check.ts";
import { useAccountForm } from "./useAccountForm.ts";

export function ResetForm({ token }: { token: string }) {
  const words = useTranslations("account");
  const router = useRouter();
  const form = useAccountForm({ newPassword: "" }, { newPassword: check.newPassword });

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!form.isComplete()) return;
    const answer = await form.send("POST", "/api/account/reset-password", {
      newPassword: form.values.newPassword,
      token,
    });
    if (answer.ok) router.push("/sign-in?reset=done");
  }

  return (
    <LiveForm onSubmit={submit}>
      <Stack>
        <FormError>{form.general}</FormError>
        {form.code === "INVALID_TOKEN" ? (
          <ButtonLink href="/forgot-password" variant="default">
            {words("reset.again")}
          </ButtonLink>
        ) : null}
        <PasswordInput
          label={words("newPassword")}
          description={words("passwordHint")}
          autoComplete="new-password"
          value={form.values.newPassword}
          onChange={(event) => form.change("newPassword", event.currentTarget.value)}
          aria-invalid={form.error("newPassword") !== null}
          error={form.error("newPassword")}
        />
        <Button type="submit" loading={form.busy} fullWidth>
          {words("reset.submit")}
        </Button>
      </Stack>
    </LiveForm>
  );
}
