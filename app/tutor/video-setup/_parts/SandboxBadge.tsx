import { Badge, Tooltip } from "@mantine/core";
import { useTranslations } from "next-intl";

/** Says plainly that this is not the provider's own service. */
export function SandboxBadge() {
  const words = useTranslations("videoSetup.now");
  return (
    <Tooltip label={words("sandboxHint")}>
      <Badge color="gray" variant="light" tabIndex={0}>
        {words("sandbox")}
      </Badge>
    </Tooltip>
  );
}
