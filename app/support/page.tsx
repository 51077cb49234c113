import { Stack } from "@mantine/core";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead } from "#components/PageHead.tsx";
import type { WithQuery } from "#components/query.ts";
import { PageTime } from "#components/time/PageTime.tsx";
import { recentTroubles } from "#lib/services/support/recentTroubles.ts";
import { context, requirePerson, shownZones } from "#server/page.ts";
import { answerTo } from "./_parts/answerTo.ts";
import { TutorCase } from "./_parts/case/TutorCase.tsx";
import { OutageLinks } from "./_parts/OutageLinks.tsx";
import classes from "./_parts/Support.module.css";
import { Hits } from "./_parts/search/Hits.tsx";
import { NobodyFound, TooOften, TooShort } from "./_parts/search/Nothing.tsx";
import { Search } from "./_parts/search/Search.tsx";
import { TroubleList } from "./_parts/TroubleList.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("support"))("title") };
}

export default async function SupportPage({ searchParams }: WithQuery) {
  const person = await requirePerson("admin");
  const ctx = await context();
  const { who: asked } = await searchParams;
  const who = typeof asked === "string" ? asked.trim() : "";
  const words = await getTranslations("support");
  const answer = who === "" ? null : await answerTo(ctx, person, who);
  const isCase = answer?.kind === "case";
  return (
    <PageTime zones={await shownZones()}>
      <div className={classes.top}>
        <PageHead title={words("title")} withZone />
        {/* An id that has led to a case says nothing to whoever reads it. */}
        <Search text={isCase && answer.asked === "id" ? "" : who} withHint={!isCase} />
      </div>
      <Stack gap="lg">
        {answer === null ? (
          <>
            <TroubleList troubles={await recentTroubles(ctx, person)} />
            <OutageLinks providers={ctx.providers.all.map(({ id }) => id)} />
          </>
        ) : null}
        {answer?.kind === "short" ? <TooShort /> : null}
        {answer?.kind === "often" ? <TooOften sentence={answer.sentence} /> : null}
        {answer?.kind === "nobody" ? <NobodyFound who={who} asked={answer.asked} /> : null}
        {answer?.kind === "several" ? <Hits who={who} found={answer.found} /> : null}
        {isCase ? <TutorCase report={answer.report} hit={answer.hit} /> : null}
      </Stack>
    </PageTime>
  );
}
