"use client";
import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { Participant } from "#lib/services/people/views.ts";
import type { MessageView } from "#lib/services/verb/message.ts";

interface Props {
  messages: MessageView[];
  tutor: Participant;
  student: Participant;
  /** Whose page it is. */
  readerId: string;
}

/** What people wrote with the changes of a lesson or booking, oldest first. */
export function Messages({ messages, readerId, ...people }: Props) {
  const words = useTranslations("messages");
  return messages.map(({ from, saidWith, text, at }) => (
    <Text key={`${at} ${saidWith}`} size="sm" className="written">
      {people[from].id === readerId
        ? words(`yours.${saidWith}`, { text })
        : words(`with.${saidWith}`, { name: people[from].name, text })}
    </Text>
  ));
}
