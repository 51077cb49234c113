import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFoundOr } from "#app/_parts/notFoundOr.ts";
import type { WithQuery } from "#components/query.ts";
import { PageTime } from "#components/time/PageTime.tsx";
import { getSession } from "#lib/services/sessions/listSessions.ts";
import { context, requirePerson } from "#server/page.ts";
import { lessonZones } from "../../_parts/viewState/lessonZones.ts";
import { ShownZone } from "../../_parts/viewState/ShownZone.tsx";
import { WaitingRoom } from "./_parts/WaitingRoom.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("waiting");
  return { title: words("title") };
}

interface Props {
  params: Promise<{ id: string }>;
}

/** The join link leads here while the room can't be opened. The page reads again why that is. */
export default async function WaitingPage({ params, searchParams }: Props & WithQuery) {
  const { id } = await params;
  const person = await requirePerson("tutor", "student", "admin");
  const session = await notFoundOr(getSession(await context(), person, id));
  const viewer = { id: person.id, role: person.role, home: person.timeZone };
  return (
    <PageTime everyMs={1000} zones={await lessonZones([session], await searchParams)}>
      <ShownZone>
        <WaitingRoom session={session} viewer={viewer} />
      </ShownZone>
    </PageTime>
  );
}
