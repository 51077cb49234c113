"use client";
import { Badge } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Tip } from "#components/onDemand/Tip.tsx";

/** Says plainly that this is not the provider's own service. */
export function SandboxBadge() {
  const words = useTranslations("videoSetup.now");
  return (
    <Tip label={words("sandboxHint")}>
      <Badge color="gray" variant="light" tabIndex={0}>
        {words("sandbox")}
      </Badge>
    </Tip>
  );
}
