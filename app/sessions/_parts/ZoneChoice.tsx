"use client";
import { Button, Group, Select, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { FormError } from "#components/FormError.tsx";
import { zones } from "#components/TimeZoneSelect.tsx";
import { useCall } from "#components/useCall.ts";
import { useTimes } from "#components/useTimes.ts";
import classes from "./Sessions.module.css";
import { useLook } from "./useLook.ts";

/** Another zone is for this view alone, and it says so; to keep it is a choice of its own. */
export function ZoneChoice({ home, now }: { home: string; now: string }) {
  const words = useTranslations("sessions.zone");
  const router = useRouter();
  const { look, go } = useLook();
  const { busy, problem, send } = useCall();
  const zone = look.zone ?? home;
  const times = useTimes(zone);

  async function keep() {
    const answer = await send("PATCH", "/api/me", { timeZone: zone });
    if (!answer.ok) return;
    notifications.show({ message: words("saved", { zone: plain(zone) }), color: "green" });
    go({ zone: null });
    router.refresh();
  }

  return (
    <>
      <div className={classes.zone}>
        <span>{words("timesIn")}</span>
        <Select
          aria-label={words("label")}
          classNames={{ input: classes.zoneInput ?? "" }}
          size="xs"
          w="100%"
          maw={260}
          data={zones(zone).map((id) => ({
            value: id,
            label: id === zone ? times.zoneName(now) : plain(id),
          }))}
          value={zone}
          onChange={(id) => go({ zone: id === home ? null : id })}
          searchable
          allowDeselect={false}
          nothingFoundMessage={words("notFound")}
          limit={100}
          autoComplete="off"
        />
      </div>
      {zone === home ? null : (
        <div role="status" className={classes.otherZone}>
          <Text size="sm">{words("here", { zone: plain(zone), home: plain(home) })}</Text>
          <FormError>{problem?.sentence ?? null}</FormError>
          <Group gap="xs">
            <Button size="compact-sm" variant="default" loading={busy} onClick={keep}>
              {words("always", { zone: plain(zone) })}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => go({ zone: null })}>
              {words("back", { home: plain(home) })}
            </Button>
          </Group>
        </div>
      )}
    </>
  );
}

const plain = (zone: string): string => zone.replaceAll("_", " ");
