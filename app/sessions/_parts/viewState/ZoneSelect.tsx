"use client";
import { useTranslations } from "next-intl";
import classes from "#app/sessions/_parts/Sessions.module.css";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { ZoneList } from "#components/time/ZoneList.tsx";
import { plainZone } from "#lib/platform/localTime.ts";

interface Props {
  zone: string;
  onChange: (zone: string | null) => void;
}

/** The list in small. It replaces the button that opened it. */
export function ZoneSelect({ zone, onChange }: Props) {
  const words = useTranslations("sessions.zone");
  const times = useTimes(zone);
  const now = useNow();
  return (
    <ZoneList
      aria-label={words("label")}
      classNames={{ input: classes.zoneInput ?? "" }}
      className={classes.zoneSelect}
      size="xs"
      labelOf={(id) => (id === zone ? times.zoneName(now) : plainZone(id))}
      value={zone}
      onChange={onChange}
      typed=""
    />
  );
}
