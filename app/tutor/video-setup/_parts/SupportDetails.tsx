"use client";
import { Button, Paper, Text, Textarea, Title } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ConnectionView } from "#lib/services/views.ts";
import { useMigration } from "./MigrationLive.tsx";
import { supportText } from "./supportText.ts";
import classes from "./VideoSetup.module.css";

/** What support asks for, ready to be sent. */
export function SupportDetails(props: { tutorId: string; connection: ConnectionView | null }) {
  const words = useTranslations("videoSetup.support");
  const { migration } = useMigration();
  const clipboard = useClipboard({ timeout: 4_000 });
  const [byHand, setByHand] = useState<string | null>(null);

  function copy() {
    const browser = navigator.userAgent;
    const time = new Date().toISOString();
    const text = supportText(words, { ...props, migration, browser, time });
    clipboard.copy(text);
    setByHand(navigator.clipboard ? null : text);
  }

  return (
    <section aria-labelledby="support">
      <Paper p="lg">
        <div className={classes.support}>
          <div>
            <Title order={2} id="support">
              {words("title")}
            </Title>
            <Text size="sm" c="dimmed">
              {words("text")}
            </Text>
          </div>
          <Button
            variant="default"
            leftSection={
              clipboard.copied ? (
                <IconCheck size={18} aria-hidden />
              ) : (
                <IconCopy size={18} aria-hidden />
              )
            }
            onClick={copy}
          >
            {words("action")}
          </Button>
        </div>
        <Text role="status" size="sm" c="var(--segue-good)" ta="right">
          {clipboard.copied ? words("copied") : ""}
        </Text>
        {byHand || clipboard.error ? (
          <Textarea label={words("byHand")} value={byHand ?? ""} readOnly autosize mt="xs" />
        ) : null}
      </Paper>
    </section>
  );
}
