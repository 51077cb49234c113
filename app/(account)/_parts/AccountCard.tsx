import { Paper, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { SegueMark } from "#components/frame/Brand.tsx";

/** A narrow card with one form. */
export function AccountCard({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper p={{ base: "lg", sm: "xl" }} maw={440} mx="auto">
      <Stack gap="lg">
        <div>
          <SegueMark size={36} />
          <Title order={1} mt={8}>
            {title}
          </Title>
        </div>
        {children}
      </Stack>
    </Paper>
  );
}
