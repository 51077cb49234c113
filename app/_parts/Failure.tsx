"use client";
import { Button, Text } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { Empty } from "#components/Empty.tsx";

interface Props {
  title: string;
  text: string;
  action: string;
  /** Makes the sentence with the error's digest, if it has one. */
  reference: (digest: string) => string;
  error: unknown;
  retry: () => void;
}

/** Shown instead of a page that failed, in words that each caller brings. */
export function Failure({ title, text, action, reference, error, retry }: Props) {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return (
    <div role="alert">
      <Empty
        icon={<IconCloudOff size={28} aria-hidden />}
        isPage
        title={title}
        text={text}
        action={
          <>
            <Button onClick={retry}>{action}</Button>
            {typeof digest === "string" ? (
              <Text size="xs" c="dimmed">
                {reference(digest)}
              </Text>
            ) : null}
          </>
        }
      />
    </div>
  );
}
