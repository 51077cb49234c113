"use client";
import { Button, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/calls/useCall.ts";

export function DeleteAccount() {
  const words = useTranslations("settings.delete");
  const account = useTranslations("account");
  const { busy, problem, send } = useCall();
  const [opened, { open, close }] = useDisclosure();
  const [password, setPassword] = useState("");

  async function confirm() {
    const answer = await send("POST", "/api/account/delete", { password });
    if (answer.ok) window.location.assign("/");
  }

  return (
    <Stack gap="sm" align="flex-start">
      <Title order={3}>{words("title")}</Title>
      <Text size="sm" c="dimmed">
        {words("text")}
      </Text>
      <Button variant="default" onClick={open}>
        {words("submit")}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={words("question")}
        action={words("submit")}
        busy={busy}
        problem={problem?.sentence ?? null}
        onConfirm={confirm}
      >
        <PasswordInput
          label={account("password")}
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      </Confirm>
    </Stack>
  );
}
