"use client";
import { Group, RadioCard, RadioGroup, RadioIndicator, SimpleGrid, Text } from "@mantine/core";
import { useTranslations } from "next-intl";

export function RoleCards(props: { value: string; onChange: (role: string) => void }) {
  const words = useTranslations("account.signUp");
  return (
    <RadioGroup label={words("role")} value={props.value} onChange={props.onChange}>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt={4}>
        {(["student", "tutor"] as const).map((role) => (
          <RadioCard key={role} value={role} p="sm" aria-label={words(`roles.${role}.label`)}>
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <RadioIndicator mt={2} />
              <div>
                <Text fw={600} size="sm">
                  {words(`roles.${role}.label`)}
                </Text>
                <Text c="dimmed" size="xs">
                  {words(`roles.${role}.hint`)}
                </Text>
              </div>
            </Group>
          </RadioCard>
        ))}
      </SimpleGrid>
    </RadioGroup>
  );
}
