import { Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { OutageView } from "#lib/services/support/outageViews.ts";
import { TypedYes } from "./TypedYes.tsx";

export function Over({ view: { provider, label, outage } }: { view: OutageView }) {
  const words = useTranslations("support.outage");
  return (
    <Paper p="lg">
      <Stack gap="md">
        <Title order={2} size="h3">
          {words("endTitle")}
        </Title>
        <Text>{words("endText", { told: outage?.told ?? 0, provider: label })}</Text>
        <TypedYes
          path={`/api/support/outages/${provider}/over`}
          label={words("endYes")}
          action={words("end")}
        />
      </Stack>
    </Paper>
  );
}
