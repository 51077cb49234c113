import { Alert, Text } from "@mantine/core";
import { IconMailOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TextLink } from "#components/ButtonLink.tsx";

/** Whoever reads no mail learns here that none arrives. */
export function RefusedAddress(props: { email: string; detail: string }) {
  const words = useTranslations("account");
  return (
    <Alert color="yellow" icon={<IconMailOff aria-hidden />} mb="lg">
      <Text size="sm" mb="xs" style={{ overflowWrap: "anywhere" }}>
        {words("refusedAddress", props)}
      </Text>
      <TextLink href="/settings#address" size="sm">
        {words("correctAddress")}
      </TextLink>
    </Alert>
  );
}
