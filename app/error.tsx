"use client";
import { Button, Text } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { Empty } from "#components/Empty.tsx";
import { shellWords } from "#components/words/shell.ts";

const words = shellWords.error;

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  return (
    <div role="alert">
      <Empty
        icon={<IconCloudOff size={28} aria-hidden />}
        isPage
        title={words.title}
        text={words.text}
        action={
          <>
            <Button onClick={retry}>{words.action}</Button>
            {typeof digest === "string" ? (
              <Text size="xs" c="dimmed">
                {words.reference(digest)}
              </Text>
            ) : null}
          </>
        }
      />
    </div>
  );
}
