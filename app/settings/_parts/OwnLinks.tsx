"use client";
import { Button, Paper, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/calls/useCall.ts";

/** A student's personal links, for when somebody else may have them. */
export function OwnLinks() {
  const words = useTranslations("ownLinks");
  const { busy, problem, send, forget } = useCall();
  const [isAsking, setAsking] = useState(false);
  const [isDone, setDone] = useState(false);

  async function end() {
    const { ok } = await send("POST", "/api/preferences/new-links");
    if (!ok) return;
    setAsking(false);
    setDone(true);
  }

  return (
    <Paper p="lg" component="section" aria-labelledby="own-links">
      <Title order={2} id="own-links">
        {words("title")}
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        {words("text")}
      </Text>
      <div role="status">{isDone ? <Text mb="sm">{words("done")}</Text> : null}</div>
      <Button
        variant="default"
        onClick={() => {
          forget();
          setAsking(true);
        }}
      >
        {words("action")}
      </Button>
      <Confirm
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={words("confirmTitle")}
        action={words("action")}
        busy={busy}
        problem={problem?.sentence ?? null}
        onConfirm={end}
      >
        {words("confirmText")}
      </Confirm>
    </Paper>
  );
}
