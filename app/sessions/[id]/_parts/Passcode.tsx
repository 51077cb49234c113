"use client";
import { Alert, Button, CopyButton, Group, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconKey } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { isTutorOf, type LessonProps } from "../../_parts/lesson.ts";
import classes from "../../_parts/Sessions.module.css";

/** What the room asks for, where its link lacks it. */
export function Passcode({ session, viewer }: LessonProps) {
  const words = useTranslations("sessions.passcode");
  const names = useTranslations("providers");
  const { passcode, provider, student } = session;
  if (!passcode || !provider) return null;
  return (
    <Alert
      title={words("title", { provider: names(provider) })}
      icon={<IconKey aria-hidden />}
      mb="lg"
    >
      <Group gap="md">
        <Text span className={classes.passcode}>
          {passcode}
        </Text>
        <CopyButton value={passcode}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="xs"
              onClick={copy}
              leftSection={
                copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
              }
            >
              {words(copied ? "copied" : "copy")}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Text size="sm" mt="xs">
        {isTutorOf(session, viewer)
          ? words("textForTutor", { student: student.name })
          : words("text", { provider: names(provider) })}
      </Text>
    </Alert>
  );
}
