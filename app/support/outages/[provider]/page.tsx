import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { notFoundOr } from "#app/_parts/notFoundOr.ts";
import { PageTime } from "#components/time/PageTime.tsx";
import { readOutage } from "#lib/services/support/readOutage.ts";
import { context, requirePerson, shownZones } from "#server/page.ts";
import { Outage } from "./_parts/Outage.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("support"))("title") };
}

interface Props {
  params: Promise<{ provider: string }>;
}

/** Whom a provider's outage concerns, what they would be told, and how far those who were told have come. */
export default async function OutagePage({ params }: Props) {
  const person = await requirePerson("admin");
  const { provider } = await params;
  const view = await notFoundOr(readOutage(await context(), person, provider));
  return (
    <PageTime zones={await shownZones()}>
      <Outage view={view} />
    </PageTime>
  );
}
