import { Paper, Text, Title } from "@mantine/core";
import { getTranslations } from "next-intl/server";
import { calendarFeed } from "#lib/services/telling/calendarFeed.ts";
import { context, requirePerson } from "#server/page.ts";
import { FeedAddress } from "./FeedAddress.tsx";

/** A person's lessons in their own calendar app. */
export async function CalendarFeed() {
  const person = await requirePerson("tutor", "student", "admin");
  const words = await getTranslations("calendar");
  const { feed } = await calendarFeed(await context(), person);
  return (
    <Paper p="lg" component="section" aria-labelledby="calendar">
      <Title order={2} id="calendar">
        {words("title")}
      </Title>
      <Text c="dimmed" size="sm" mb="md">
        {words("text")}
      </Text>
      <FeedAddress madeAt={feed?.createdAt ?? null} />
    </Paper>
  );
}
