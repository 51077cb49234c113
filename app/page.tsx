import { Group, Stack, Text, Title } from "@mantine/core";
import { redirect } from "next/navigation";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { shellWords } from "#components/words/shell.ts";
import { welcomeWords } from "#components/words/welcome.ts";
import { visitor } from "#server/page.ts";
import { CrossfadePicture } from "./_parts/CrossfadePicture.tsx";
import classes from "./_parts/Welcome.module.css";

export default async function WelcomePage() {
  if (await visitor()) redirect("/sessions");
  return (
    <div className={classes.welcome}>
      <Stack gap="lg">
        <Title order={1} className={classes.title}>
          {welcomeWords.title}
        </Title>
        <Text size="lg" c="dimmed">
          {welcomeWords.lead}
        </Text>
        <Group>
          <ButtonLink href="/sign-up" size="md">
            {shellWords.createAccount}
          </ButtonLink>
          <ButtonLink href="/sign-in" size="md" variant="default">
            {shellWords.signIn}
          </ButtonLink>
        </Group>
      </Stack>
      <CrossfadePicture />
    </div>
  );
}
