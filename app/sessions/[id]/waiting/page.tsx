import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { getSession } from "#lib/services/sessions/listSessions.ts";
import { context, requirePerson } from "#server/page.ts";
import { notFoundOr } from "../_parts/notFoundOr.ts";
import { WaitingRoom } from "./_parts/WaitingRoom.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("waiting");
  return { title: words("title") };
}

interface Props {
  params: Promise<{ id: string }>;
}

/** The join link leads here while the room can't be opened. The page reads again why that is. */
export default async function WaitingPage({ params }: Props) {
  const { id } = await params;
  const person = await requirePerson("tutor", "student", "admin");
  const ctx = await context();
  const session = await notFoundOr(getSession(ctx, person, id));
  return (
    <WaitingRoom
      session={session}
      viewer={{ id: person.id, role: person.role, zone: person.timeZone }}
      now={ctx.clock().toISOString()}
    />
  );
}
