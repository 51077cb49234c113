import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

/** Shown where there is nothing yet: says what will be here, and offers the one thing to do about it. */
export function Empty(props: {
  icon: ReactNode;
  title: string;
  text: string;
  action?: ReactNode;
  /** Whether this is all that the page has to say. */
  isPage?: boolean;
}) {
  return (
    <Stack align="center" gap={8} py={48} px="md" className="empty">
      <span className="emptyIcon">{props.icon}</span>
      <Title order={props.isPage ? 1 : 2} size="h2">
        {props.title}
      </Title>
      <Text c="dimmed" ta="center" maw={420}>
        {props.text}
      </Text>
      {props.action}
    </Stack>
  );
}
