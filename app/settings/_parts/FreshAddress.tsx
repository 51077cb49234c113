"use client";
import {
  Anchor,
  Button,
  CopyButton,
  Group,
  Stack,
  Text,
  TextInput,
  VisuallyHidden,
} from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";

/** The address while it can be shown, and what to do with it. */
export function FreshAddress({ url }: { url: string }) {
  const words = useTranslations("calendar");
  const input = useRef<HTMLInputElement>(null);
  // The button that made the address is gone, and the focus with it.
  useEffect(() => input.current?.focus(), []);
  return (
    <Stack gap="xs" maw={640}>
      <TextInput
        ref={input}
        label={words("address")}
        description={words("once")}
        value={url}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
      />
      <Text size="sm">{words("how")}</Text>
      <Group gap="md">
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <>
              <Button size="xs" onClick={copy}>
                {words(copied ? "copied" : "copy")}
              </Button>
              <VisuallyHidden role="status">{copied ? words("copied") : ""}</VisuallyHidden>
            </>
          )}
        </CopyButton>
        <Anchor href={url.replace(/^https?:/, "webcal:")} size="sm">
          {words("open")}
        </Anchor>
      </Group>
    </Stack>
  );
}
