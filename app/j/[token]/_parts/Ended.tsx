"use client";
import { Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { SegueMark } from "#components/frame/Brand.tsx";
import { SendLink } from "#components/links/SendLink.tsx";

/** A link that has ended shows nothing of its lesson, and a way on. */
export function Ended({ token }: { token: string }) {
  const words = useTranslations("door");
  return (
    <Paper p={{ base: "lg", sm: "xl" }} maw={560} mx="auto">
      <Stack gap="lg">
        <SegueMark size={48} />
        <div>
          <Title order={1}>{words("ended")}</Title>
          <Text c="dimmed" mt={4}>
            {words("endedText")}
          </Text>
        </div>
        <SendLink path={`/j/${encodeURIComponent(token)}/send`} label={words("send")} />
      </Stack>
    </Paper>
  );
}
