import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { PageHead } from "#components/PageHead.tsx";
import { PageTime } from "#components/time/PageTime.tsx";
import { languages } from "#lib/platform/words.ts";
import { ownProfile } from "#lib/services/people/ownProfile.ts";
import { getPreferences } from "#lib/services/telling/preferences.ts";
import { context, hasSide, requirePerson, shownZones } from "#server/page.ts";
import { CalendarFeed } from "./_parts/CalendarFeed.tsx";
import { Cancelling } from "./_parts/Cancelling.tsx";
import { MailPreferences } from "./_parts/MailPreferences.tsx";
import { OwnLinks } from "./_parts/OwnLinks.tsx";
import { ProfileForm } from "./_parts/ProfileForm.tsx";
import { SignIn } from "./_parts/SignIn.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("settings");
  return { title: words("title") };
}

export default async function SettingsPage() {
  const person = await requirePerson("tutor", "student", "admin");
  const words = await getTranslations("settings");
  const { cancelUntilHours } = await ownProfile(await context(), person);
  const preferences = await getPreferences(await context(), person);
  const isOfLessons = await hasSide(person);
  return (
    <PageTime zones={await shownZones()}>
      <PageHead title={words("title")} />
      <Stack gap="lg">
        <Paper p="lg" component="section">
          <Title order={2} mb="md">
            {words("profile")}
          </Title>
          <ProfileForm person={person} languages={languages()} />
        </Paper>
        {cancelUntilHours === undefined ? null : <Cancelling hours={cancelUntilHours} />}
        <SignIn />
        {isOfLessons || preferences.saidNever ? (
          <MailPreferences role={person.role} preferences={preferences} />
        ) : null}
        {isOfLessons ? <CalendarFeed /> : null}
        {person.role === "student" ? <OwnLinks /> : null}
        {person.role === "tutor" ? (
          <Paper p="lg" component="section">
            <Group justify="space-between">
              <div>
                <Title order={2}>{words("video")}</Title>
                <Text c="dimmed" size="sm">
                  {words("videoText")}
                </Text>
              </div>
              <ButtonLink href="/tutor/video-setup" variant="default">
                {words("videoAction")}
              </ButtonLink>
            </Group>
          </Paper>
        ) : null}
      </Stack>
    </PageTime>
  );
}
