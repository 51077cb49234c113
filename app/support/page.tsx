import { Stack } from "@mantine/core";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead } from "#components/PageHead.tsx";
import type { WithQuery } from "#components/query.ts";
import { PageTime } from "#components/time/PageTime.tsx";
import { lookAtTutor } from "#lib/services/support/lookAtTutor.ts";
import { recentTroubles } from "#lib/services/support/recentTroubles.ts";
import type { TutorReport } from "#lib/services/support/views.ts";
import type { Context, Person } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { context, requirePerson, shownZones } from "#server/page.ts";
import { NobodyFound, Search } from "./_parts/Search.tsx";
import { TroubleList } from "./_parts/TroubleList.tsx";
import { TutorCase } from "./_parts/TutorCase.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("support"))("title") };
}

export default async function SupportPage({ searchParams }: WithQuery) {
  const person = await requirePerson("admin");
  const ctx = await context();
  const { who: asked } = await searchParams;
  const who = typeof asked === "string" ? asked.trim() : "";
  const words = await getTranslations("support");
  const report = who === "" ? null : await lookUp(ctx, person, who);
  return (
    <PageTime zones={await shownZones()}>
      <PageHead title={words("title")} withZone />
      <Stack gap="xl">
        <Search who={who} />
        {who === "" ? <TroubleList troubles={await recentTroubles(ctx, person)} /> : null}
        {who !== "" && !report ? <NobodyFound who={who} /> : null}
        {report ? <TutorCase report={report} /> : null}
      </Stack>
    </PageTime>
  );
}

/** Null if there is no such tutor. */
async function lookUp(ctx: Context, person: Person, who: string): Promise<TutorReport | null> {
  try {
    return await lookAtTutor(ctx, person, who);
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") return null;
    throw error;
  }
}
