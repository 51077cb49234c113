import { Text } from "@mantine/core";
import {
  IconPlugConnected,
  IconPlugConnectedX,
  IconPlugX,
  IconRefreshDot,
  IconShieldCheck,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { ProviderName } from "#components/ProviderMark.tsx";
import type { ConnectionEventView } from "#lib/services/switching/views.ts";
import classes from "./History.module.css";

const pictures = {
  connected: IconPlugConnected,
  reconnected: IconRefreshDot,
  lost: IconPlugX,
  disconnected: IconPlugConnectedX,
  checked: IconShieldCheck,
} as const;

/** "Connected: Zoom as tara@example.com" */
export function ConnectionEvent({ event }: { event: ConnectionEventView }) {
  const words = useTranslations("migrations.events");
  const { kind, provider, account, checked, repaired } = event;
  const Picture = pictures[kind];
  return (
    <span className={classes.event} data-event={kind}>
      <Picture size={16} aria-hidden />
      {words(kind)}:
      <ProviderName provider={provider} />
      <Text span size="sm" c="dimmed" className={classes.account}>
        {kind === "checked"
          ? words("outcome", { checked: checked ?? 0, repaired: repaired ?? 0 })
          : account}
      </Text>
    </span>
  );
}
