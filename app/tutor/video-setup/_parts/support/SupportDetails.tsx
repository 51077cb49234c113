"use client";
import { Button, Paper, Text, Title } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useMigration } from "#app/tutor/video-setup/_parts/progress/MigrationLive.tsx";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import type { ConnectionView } from "#lib/services/switching/views.ts";
import { supportText } from "./supportText.ts";

const CopyByHand = dynamic(() => import("./CopyByHand.tsx").then((file) => file.CopyByHand));

/** What support asks for, ready to be sent. */
export function SupportDetails(props: { tutorId: string; connection: ConnectionView | null }) {
  const words = useTranslations("videoSetup.support");
  const { migration } = useMigration();
  const clipboard = useClipboard({ timeout: 4_000 });
  const [text, setText] = useState("");

  function copy() {
    const browser = navigator.userAgent;
    const time = new Date().toISOString();
    const details = supportText(words, { ...props, migration, browser, time });
    setText(details);
    clipboard.copy(details);
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
        {clipboard.error ? <CopyByHand label={words("byHand")} text={text} /> : null}
      </Paper>
    </section>
  );
}
