import { Text, Title } from "@mantine/core";
import { zoneName } from "./time.ts";
import { shellWords } from "./words/shell.ts";

/** The page's heading, and once per page the zone its times are in. */
export function PageHead({ title, zone, now }: { title: string; zone?: string; now?: string }) {
  return (
    <header className="pageHead">
      <Title order={1}>{title}</Title>
      {zone && now ? (
        <Text c="dimmed" size="sm" mt={4}>
          {shellWords.timesIn(zoneName(zone, now))}
        </Text>
      ) : null}
    </header>
  );
}
