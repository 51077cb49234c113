/** The door of a lesson, for whoever holds a personal link. Showing it writes nothing and leads nowhere. */
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ShownZone } from "#app/sessions/_parts/viewState/ShownZone.tsx";
import { readViewState } from "#app/sessions/_parts/viewState/viewState.ts";
import { paramsOf, type WithQuery } from "#components/query.ts";
import { PageTime } from "#components/time/PageTime.tsx";
import { isZoneName } from "#lib/services/verb/input.ts";
import { doorOf, shownZones } from "#server/page.ts";
import { Door } from "./_parts/Door.tsx";
import { Ended } from "./_parts/Ended.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("door");
  return {
    // Programs that show a link in advance show this, so it names nobody.
    title: words("title"),
    referrer: "no-referrer",
    robots: { index: false, follow: false },
  };
}

interface Props {
  params: Promise<{ token: string }>;
}

export default async function DoorPage({ params, searchParams }: Props & WithQuery) {
  const { token } = await params;
  const door = await doorOf(token);
  if (!door) notFound();
  if (door.hasEnded) return <Ended token={token} />;
  const { zone } = readViewState(paramsOf(await searchParams), isZoneName);
  const zones = await shownZones(door.timeZone, ...(zone ? [zone] : []));
  return (
    <PageTime everyMs={1000} zones={zones}>
      <ShownZone>
        <Door token={token} door={door} />
      </ShownZone>
    </PageTime>
  );
}
