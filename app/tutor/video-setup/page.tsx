import { Stack } from "@mantine/core";
import type { Metadata } from "next";
import { PageHead } from "#components/PageHead.tsx";
import type { WithQuery } from "#components/query.ts";
import { videoSetupWords } from "#components/words/videoSetup.ts";
import { videoSetup } from "#lib/services/videoSetup.ts";
import { context, requirePerson } from "#server/page.ts";
import { CurrentProvider } from "./_parts/CurrentProvider.tsx";
import { History } from "./_parts/History.tsx";
import { MigrationLive } from "./_parts/MigrationLive.tsx";
import { outcomeOf } from "./_parts/outcome.ts";
import { ResultAlert } from "./_parts/ResultAlert.tsx";
import { WhatHappened } from "./_parts/WhatHappened.tsx";
import { WhatIf } from "./_parts/WhatIf.tsx";

export const metadata: Metadata = { title: videoSetupWords.title };

export default async function VideoSetupPage({ searchParams }: WithQuery) {
  const person = await requirePerson("tutor");
  const ctx = await context();
  const view = await videoSetup(ctx, person);
  const now = ctx.clock().toISOString();
  const zone = person.timeZone;
  const outcome = outcomeOf(await searchParams);
  return (
    // Another address brings another message; a mere re-read of this one keeps what is shown.
    <MigrationLive key={JSON.stringify(outcome)} latest={view.latest} notice={outcome}>
      <PageHead title={videoSetupWords.title} zone={zone} now={now} />
      <Stack gap="xl">
        <ResultAlert zone={zone} now={now} />
        <CurrentProvider view={view} person={person} now={now} />
        <WhatIf view={view} zone={zone} now={now} />
        <WhatHappened zone={zone} now={now} />
        <History
          migrations={view.history.filter(({ id }) => id !== view.latest?.id)}
          zone={zone}
          now={now}
        />
      </Stack>
    </MigrationLive>
  );
}
