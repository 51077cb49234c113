"use client";
import { Alert, Stack } from "@mantine/core";
import { IconAlertTriangle, IconArrowLeft, IconCircleCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { TextLink } from "#components/ButtonLink.tsx";
import { useReread } from "#components/calls/useReread.ts";
import { PageHead } from "#components/PageHead.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { OutageView } from "#lib/services/support/outageViews.ts";
import { Concerned } from "./Concerned.tsx";
import classes from "./Outage.module.css";
import { Over } from "./Over.tsx";
import { Progress } from "./Progress.tsx";
import { Tell } from "./Tell.tsx";

/** While it is under way, so that the figures are today's. */
const REREAD_MS = 10_000;

export function Outage({ view }: { view: OutageView }) {
  const words = useTranslations("support.outage");
  const isUnderWay = view.outage?.overAt === null;
  useReread(isUnderWay || view.silentSince ? REREAD_MS : null);
  return (
    <>
      <TextLink href="/support" size="sm" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden /> {words("back")}
      </TextLink>
      <PageHead title={words("title", { provider: view.label })} withZone />
      <Stack gap="lg">
        <Health view={view} />
        {view.outage ? <Progress outage={view.outage} /> : null}
        {isUnderWay ? <Over view={view} /> : null}
        <Concerned view={view} />
        {view.mail ? <Tell view={view} mail={view.mail} /> : null}
      </Stack>
    </>
  );
}

function Health({ view: { label: provider, silentSince, allSilent } }: { view: OutageView }) {
  const words = useTranslations("support.outage");
  const times = useTimes();
  const now = useNow();
  if (!silentSince) {
    return (
      <Alert color="green" icon={<IconCircleCheck aria-hidden />}>
        {words("answers", { provider })}
      </Alert>
    );
  }
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />}>
      {words("silent", { provider, when: times.dayAndClock(silentSince, now) })}
      {allSilent ? ` ${words("allSilent")}` : null}
    </Alert>
  );
}
