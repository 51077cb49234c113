import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { Metadata } from "next";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { PageHead } from "#components/PageHead.tsx";
import { settingsWords } from "#components/words/settings.ts";
import { requirePerson } from "#server/page.ts";
import { ProfileForm } from "./_parts/ProfileForm.tsx";

export const metadata: Metadata = { title: settingsWords.title };

export default async function SettingsPage() {
  const person = await requirePerson("tutor", "student", "admin");
  return (
    <>
      <PageHead title={settingsWords.title} />
      <Stack gap="lg">
        <Paper p="lg" component="section">
          <Title order={2} mb="md">
            {settingsWords.profile}
          </Title>
          <ProfileForm name={person.name} email={person.email} timeZone={person.timeZone} />
        </Paper>
        {person.role === "tutor" ? (
          <Paper p="lg" component="section">
            <Group justify="space-between">
              <div>
                <Title order={2}>{settingsWords.video}</Title>
                <Text c="dimmed" size="sm">
                  {settingsWords.videoText}
                </Text>
              </div>
              <ButtonLink href="/tutor/video-setup" variant="default">
                {settingsWords.videoAction}
              </ButtonLink>
            </Group>
          </Paper>
        ) : null}
      </Stack>
    </>
  );
}
