"use client";
import { Button, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ProviderMark } from "#components/ProviderMark.tsx";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { ProviderView } from "#lib/services/switching/views.ts";
import { useConsentNonce } from "./ConsentNonce.tsx";

/** These addresses are required as they are, so they aren't made from the ids. */
const connectPaths: Record<ProviderId, string> = {
  google_meet: "/api/auth/google",
  zoom: "/api/auth/zoom",
};

const verbs = { connect: "connect", reconnect: "reconnect", switch: "switchTo" } as const;

interface Props {
  provider: ProviderView;
  verb: keyof typeof verbs;
  /** Whether another thing on the page is more likely what people have come for. */
  quiet?: boolean;
  /** Asked instead of leaving at once. */
  ask?: (() => void) | undefined;
}

/**
 * A plain link that leaves the site for the provider's consent. The router's own kind of link would follow it in
 * advance, as soon as it comes into view.
 */
export function ConnectLink({ provider, verb, quiet = false, ask }: Props) {
  const words = useTranslations("videoSetup");
  const nonce = useConsentNonce();
  const text = words(verbs[verb], { provider: provider.label });
  if (!provider.available) {
    return (
      <Stack gap={4}>
        <Button disabled>{text}</Button>
        <Text size="xs" c="dimmed">
          {words("unavailable", { provider: provider.label })}
        </Text>
      </Stack>
    );
  }
  return (
    <Button
      component="a"
      href={`${connectPaths[provider.id]}?from=${encodeURIComponent(nonce)}`}
      variant={verb === "connect" || quiet ? "default" : "filled"}
      onClick={(event) => {
        if (!ask) return;
        event.preventDefault();
        ask();
      }}
      leftSection={verb === "connect" ? <ProviderMark provider={provider.id} /> : null}
    >
      {text}
    </Button>
  );
}
