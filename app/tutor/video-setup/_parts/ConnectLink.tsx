import { Button, Stack, Text } from "@mantine/core";
import { ProviderMark } from "#components/ProviderMark.tsx";
import { connectPaths } from "#components/words/providers.ts";
import { videoSetupWords } from "#components/words/videoSetup.ts";
import type { ProviderView } from "#lib/services/views.ts";

const verbs = {
  connect: videoSetupWords.connect,
  reconnect: videoSetupWords.reconnect,
  switch: videoSetupWords.switchTo,
};

interface Props {
  provider: ProviderView;
  verb: keyof typeof verbs;
}

/** A plain link that leaves the site for the provider's consent. */
export function ConnectLink({ provider, verb }: Props) {
  const text = verbs[verb](provider.label);
  if (!provider.available) {
    return (
      <Stack gap={4}>
        <Button disabled>{text}</Button>
        <Text size="xs" c="dimmed">
          {videoSetupWords.unavailable(provider.label)}
        </Text>
      </Stack>
    );
  }
  return (
    <Button
      component="a"
      href={connectPaths[provider.id]}
      variant={verb === "connect" ? "default" : "filled"}
      leftSection={verb === "connect" ? <ProviderMark provider={provider.id} /> : null}
    >
      {text}
    </Button>
  );
}
