"use client";
import { Alert, Text } from "@mantine/core";
import { IconCircleCheck, IconPlugConnected } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { VideoSetupView } from "#lib/services/switching/views.ts";
import { ChooseAccount } from "./ChooseAccount.tsx";
import { ConnectLink } from "./ConnectLink.tsx";

interface Props {
  view: VideoSetupView;
  /** `?connect=` of the address: the provider that a mail's button is about. */
  asked: unknown;
}

/**
 * Where a mail's button leads. The address begins no consent by itself, so the one press that does stands here, or
 * that there is nothing to do any more.
 */
export function ConnectNow({ view: { connection, providers }, asked }: Props) {
  const words = useTranslations("videoSetup.connectNow");
  const provider = providers.find(({ id }) => id === asked);
  if (!provider) return null;
  const { label } = provider;
  const present = connection?.status === "disconnected" ? null : connection;
  if (present && present.provider !== provider.id) {
    return (
      <Alert color="green" icon={<IconCircleCheck aria-hidden />}>
        {words("elsewhere", { provider: label, present: present.label })}
      </Alert>
    );
  }
  if (present?.status === "connected" && !present.lacksPermission) {
    return (
      <Alert color="green" icon={<IconCircleCheck aria-hidden />}>
        {words("fine", { provider: label })}
      </Alert>
    );
  }
  return (
    <Alert color="violet" icon={<IconPlugConnected aria-hidden />}>
      <Text size="sm" mb="sm">
        {words(whyAgain(present), { provider: label })}
      </Text>
      {present ? <ChooseAccount connection={present} /> : null}
      <ConnectLink provider={provider} verb={present ? "reconnect" : "connect"} />
    </Alert>
  );
}

function whyAgain(present: VideoSetupView["connection"]) {
  if (!present) return "first";
  return present.status === "connected" ? "incomplete" : "needed";
}
