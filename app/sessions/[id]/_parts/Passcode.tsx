"use client";
import { Alert, Button, CopyButton, Group, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconKey } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TextLink } from "#components/ButtonLink.tsx";
import { isTutorOf, type LessonProps } from "../../_parts/lesson.ts";
import classes from "../../_parts/Sessions.module.css";

interface Props extends LessonProps {
  /** Whether its tutor can't be let in as the host, since their connection is dead. */
  isDead: boolean;
}

/** What the room asks for, where its link lacks it. */
export function Passcode({ session, viewer, isDead }: Props) {
  const words = useTranslations("sessions.passcode");
  const names = useTranslations("providers");
  const { passcode, provider, student } = session;
  const reconnect = useTranslations("sessions.reconnect");
  const isGuest = isDead && isTutorOf(session, viewer);
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
          ? words(isGuest ? "textForGuest" : "textForTutor", {
              student: student.name,
              provider: names(provider),
            })
          : words("text", { provider: names(provider) })}
      </Text>
      {isGuest ? (
        <TextLink href={`/tutor/video-setup?connect=${provider}`} size="sm">
          {reconnect("action", { provider: names(provider) })}
        </TextLink>
      ) : null}
    </Alert>
  );
}
