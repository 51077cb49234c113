"use client";
import { Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "#app/sessions/_parts/Sessions.module.css";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { zones } from "#components/time/zones.ts";
import { plainZone } from "#lib/platform/localTime.ts";

interface Props {
  zone: string;
  onChange: (zone: string | null) => void;
}

/** All time zones, found by typing. It replaces the button that opened it, and is open from the start. */
export function ZoneSelect({ zone, onChange }: Props) {
  const words = useTranslations("sessions.zone");
  const times = useTimes(zone);
  const now = useNow();
  return (
    <Select
      aria-label={words("label")}
      classNames={{ input: classes.zoneInput ?? "" }}
      size="xs"
      w="100%"
      maw={260}
      data={zones(zone).map((id) => ({
        value: id,
        label: id === zone ? times.zoneName(now) : plainZone(id),
      }))}
      value={zone}
      onChange={onChange}
      searchable
      allowDeselect={false}
      nothingFoundMessage={words("notFound")}
      autoComplete="off"
      // The focus opens the list at the present zone. Its name is selected, so that typing replaces it.
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
