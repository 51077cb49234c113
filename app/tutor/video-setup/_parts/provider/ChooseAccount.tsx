import { Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import type { ConnectionView } from "#lib/services/switching/views.ts";

/** Stands before a reconnect: at the provider another account may be signed in, and would take all lessons over. */
export function ChooseAccount({ connection }: { connection: ConnectionView }) {
  const words = useTranslations("videoSetup");
  return (
    <Text size="sm" mb="sm" className={classes.breaking}>
      {words("chooseAccount", {
        provider: connection.label,
        account: connection.account.email,
      })}
    </Text>
  );
}
