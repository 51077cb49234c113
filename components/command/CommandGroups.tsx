import { Combobox, Group, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ShownZones } from "#components/time/ShownZones.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { Destinations } from "#lib/services/sessions/destinations.ts";
import { type Command, commandGroups } from "./commands.ts";

interface Props {
  found: Command[];
  destinations: Destinations | null;
}

export function CommandGroups({ found, destinations }: Props) {
  const words = useTranslations("commands");
  return commandGroups.map((group) => {
    const commands = found.filter((command) => command.group === group);
    if (commands.length === 0) return null;
    return (
      <Combobox.Group key={group} label={words(`groups.${group}`)}>
        {commands.map(({ id, label, keys, startsAt }) => (
          <Combobox.Option key={id} value={id}>
            <Group justify="space-between" wrap="nowrap" gap="md">
              <span>{label}</span>
              <Text span size="xs" opacity={0.9} className="figures">
                {keys}
                {startsAt && destinations ? (
                  <ShownZones table={destinations.zones}>
                    <When at={startsAt} zone={destinations.zone} />
                  </ShownZones>
                ) : null}
              </Text>
            </Group>
          </Combobox.Option>
        ))}
      </Combobox.Group>
    );
  });
}

function When({ at, zone }: { at: string; zone: string }) {
  const times = useTimes(zone);
  return times.dayAndClock(at, useNow());
}
