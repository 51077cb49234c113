import { Stack } from "@mantine/core";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead } from "#components/PageHead.tsx";
import type { WithQuery } from "#components/query.ts";
import type { Context, Person } from "#lib/services/context.ts";
import { Refusal } from "#lib/services/errors.ts";
import { lookAtTutor } from "#lib/services/support/lookAtTutor.ts";
import { recentTroubles } from "#lib/services/support/recentTroubles.ts";
import type { TutorReport } from "#lib/services/support/views.ts";
import { context, requirePerson } from "#server/page.ts";
import { NobodyFound } from "./_parts/NobodyFound.tsx";
import { Search } from "./_parts/Search.tsx";
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
  const times = { zone: person.timeZone, now: ctx.clock().toISOString() };
  const report = who === "" ? null : await lookUp(ctx, person, who);
  return (
    <>
      <PageHead title={words("title")} {...times} />
      <Stack gap="xl">
        <Search who={who} />
        {who === "" ? (
          <TroubleList troubles={await recentTroubles(ctx, person)} {...times} />
        ) : null}
        {who !== "" && !report ? <NobodyFound who={who} /> : null}
        {report ? <TutorCase report={report} {...times} /> : null}
      </Stack>
    </>
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
