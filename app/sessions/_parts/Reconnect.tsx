"use client";
import { Alert, Text } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { MissingPermissions } from "#components/MissingPermissions.tsx";
import type { ConnectionView } from "#lib/services/switching/views.ts";

/** Stands before the lessons for as long as no rooms can be made for them, or soon none can. */
export function Reconnect({ connection }: { connection: ConnectionView }) {
  const words = useTranslations("sessions.reconnect");
  const { label: provider, lacksPermission, status } = connection;
  const isDead = status === "needs_reconnect";
  if (!isDead && !(lacksPermission && status === "connected")) return null;
  return (
    <Alert color="yellow" icon={<IconPlugConnectedX aria-hidden />} mb="lg">
      <Text size="sm" fw={600}>
        {words(isDead ? "title" : "incomplete", { provider })}
      </Text>
      {isDead ? (
        <Text size="sm" mb="sm">
          {words("text", { provider })}
        </Text>
      ) : null}
      <MissingPermissions connection={connection} />
      <ButtonLink
        href={`/tutor/video-setup?connect=${connection.provider}`}
        size="sm"
        variant="default"
      >
        {words("action", { provider })}
      </ButtonLink>
    </Alert>
  );
}
