import { Group, Stack, Text, Title } from "@mantine/core";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { PageTime } from "#components/time/PageTime.tsx";
import { context, shownZones, visitor } from "#server/page.ts";
import { HowItWorks } from "./_parts/HowItWorks.tsx";
import { LookAround } from "./_parts/LookAround.tsx";
import { Proofs } from "./_parts/Proofs.tsx";
import { LivingPicture } from "./_parts/picture/LivingPicture.tsx";
import { RunIt } from "./_parts/RunIt.tsx";
import classes from "./_parts/Welcome.module.css";

export default async function WelcomePage() {
  const person = await visitor();
  if (person) redirect(person.role === "admin" ? "/support" : "/sessions");
  const words = await getTranslations("welcome");
  const shell = await getTranslations("shell");
  const { config } = await context();
  return (
    <PageTime zones={await shownZones()}>
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
          {config.demo ? <LookAround /> : null}
        </Stack>
        <LivingPicture />
      </div>
      <Stack gap={64} mt="xl">
        <HowItWorks />
        <Proofs />
        <RunIt />
      </Stack>
    </PageTime>
  );
}
