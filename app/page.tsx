import { Group, Stack, Text, Title } from "@mantine/core";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { visitor } from "#server/page.ts";
import { CrossfadePicture } from "./_parts/CrossfadePicture.tsx";
import classes from "./_parts/Welcome.module.css";

export default async function WelcomePage() {
  if (await visitor()) redirect("/sessions");
  const words = await getTranslations("welcome");
  const shell = await getTranslations("shell");
  return (
    <div className={classes.welcome}>
      <Stack gap="lg">
        <Title order={1} className={classes.title}>
          {words("title")}
        </Title>
        <Text size="lg" c="dimmed">
          {words("lead")}
        </Text>
        <Group>
          <ButtonLink href="/sign-up" size="md">
            {shell("createAccount")}
          </ButtonLink>
          <ButtonLink href="/sign-in" size="md" variant="default">
            {shell("signIn")}
          </ButtonLink>
        </Group>
      </Stack>
      <CrossfadePicture />
    </div>
  );
}
