import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ConnectionView } from "#lib/services/switching/views.ts";

/** Says that the last consent gave too little, what for, and what to do. Nothing where it gave enough. */
export function MissingPermissions({ connection }: { connection: ConnectionView }) {
  const words = useTranslations("permissions");
  const { lacksPermission, missingPermissions: missing, status, label: provider } = connection;
  if (!lacksPermission) return null;
  return (
    <Text size="sm" mb="sm">
      {words(status === "connected" ? "alive" : "dead", { provider })}
      {missing.length > 0
        ? ` ${words("missing", {
            permissions: missing.map((permission) => words(`names.${permission}`)).join(", "),
          })}`
        : null}
    </Text>
  );
}
