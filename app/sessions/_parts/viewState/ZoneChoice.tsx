"use client";
import { Button, Group, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import classes from "#app/sessions/_parts/Sessions.module.css";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { notify } from "#components/onDemand/notify.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { plainZone } from "#lib/platform/localTime.ts";
import { useViewState } from "./useViewState.ts";

const load = () => import("./ZoneSelect.tsx").then((file) => ({ default: file.ZoneSelect }));
const ZoneSelect = lazy(load);

interface Props {
  home: string;
  /** Whether the viewer has an account, which can keep the zone. */
  canKeep?: boolean;
}

/** Another zone applies to this view only, and the page says so. Keeping it is a separate choice. */
export function ZoneChoice({ home, canKeep = true }: Props) {
  const words = useTranslations("sessions.zone");
  const router = useRouter();
  const { viewState, go } = useViewState();
  const { busy, problem, send } = useCall();
  const zone = viewState.zone ?? home;
  const times = useTimes(zone);
  const now = useNow();

  const [isChanging, setChanging] = useState(false);

  async function keep() {
    const answer = await send("PATCH", "/api/me", { timeZone: zone });
    if (!answer.ok) return;
    void notify(words("saved", { zone: plainZone(zone) }));
    go({ zone: null });
    router.refresh();
  }

  const present = (
    <UnstyledButton
      className={classes.zoneName}
      aria-label={words("change", { zone: times.zoneName(now) })}
      aria-busy={isChanging}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setChanging(true)}
    >
      {times.zoneName(now)}
      <IconChevronDown size={14} aria-hidden />
    </UnstyledButton>
  );
  return (
    <>
      <div className={classes.zone}>
        <span>{words("timesIn")}</span>
        {isChanging ? (
          <Suspense fallback={present}>
            <ZoneSelect zone={zone} onChange={(id) => go({ zone: id === home ? null : id })} />
          </Suspense>
        ) : (
          present
        )}
      </div>
      {zone === home ? null : (
        <div role="status" className={classes.otherZone}>
          <Text size="sm">{words("here", { zone: plainZone(zone), home: plainZone(home) })}</Text>
          <FormError>{problem?.sentence ?? null}</FormError>
          <Group gap="xs">
            {canKeep ? (
              <Button size="compact-sm" variant="default" loading={busy} onClick={keep}>
                {words("always", { zone: plainZone(zone) })}
              </Button>
            ) : null}
            <Button size="compact-sm" variant="subtle" onClick={() => go({ zone: null })}>
              {words("back", { home: plainZone(home) })}
            </Button>
          </Group>
        </div>
      )}
    </>
  );
}
