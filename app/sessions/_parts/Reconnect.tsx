"use client";
import { Alert, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ButtonLink.tsx";
import type { ConnectionView } from "#lib/services/switching/views.ts";

/** Stands before the lessons for as long as no rooms can be made for them. */
export function Reconnect({ connection }: { connection: ConnectionView }) {
  const words = useTranslations("sessions.reconnect");
  const provider = connection.label;
  return (
    <Alert color="yellow" icon={<IconPlugConnectedX aria-hidden />} mb="lg">
      <Text size="sm" fw={600}>
        {words("title", { provider })}
      </Text>
      <Text size="sm" mb="sm">
        {words("text", { provider })}
      </Text>
      <ButtonLink
        href={`/tutor/video-setup?connect=${connection.provider}`}
        size="compact-md"
        variant="default"
      >
        {words("action", { provider })}
      </ButtonLink>
    </Alert>
  );
}
