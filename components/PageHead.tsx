import { Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useTimes } from "./time/useTimes.ts";

/** The page's heading, and once per page the zone that its times are in. */
export function PageHead({ title, zone, now }: { title: string; zone?: string; now?: string }) {
  return (
    <header className="pageHead">
      <Title order={1}>{title}</Title>
      {zone && now ? <ZoneLine zone={zone} now={now} /> : null}
    </header>
  );
}

function ZoneLine({ zone, now }: { zone: string; now: string }) {
  const words = useTranslations("shell");
  const { zoneName } = useTimes(zone);
  return (
    <Text c="dimmed" size="sm" mt={4}>
      {words("timesIn", { zone: zoneName(now) })}
    </Text>
  );
}
