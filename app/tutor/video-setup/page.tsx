import { Stack } from "@mantine/core";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead } from "#components/PageHead.tsx";
import type { WithQuery } from "#components/query.ts";
import { PageTime } from "#components/time/PageTime.tsx";
import { videoSetup } from "#lib/services/switching/videoSetup.ts";
import { consentNonce, context, requirePerson, shownZones } from "#server/page.ts";
import { History } from "./_parts/history/History.tsx";
import { isStillNews } from "./_parts/outcome/notice.ts";
import { isRecent } from "./_parts/outcome/onTop.ts";
import { outcomeOf } from "./_parts/outcome/outcome.ts";
import { MigrationLive } from "./_parts/progress/MigrationLive.tsx";
import { ConnectNow } from "./_parts/provider/ConnectNow.tsx";
import { ConsentNonce } from "./_parts/provider/ConsentNonce.tsx";
import { CurrentProvider } from "./_parts/provider/CurrentProvider.tsx";
import { WhatIf } from "./_parts/provider/WhatIf.tsx";
import { PageAlert } from "./_parts/result/ResultAlert.tsx";
import { WhatHappened } from "./_parts/result/WhatHappened.tsx";
import { SupportDetails } from "./_parts/support/SupportDetails.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("videoSetup");
  return { title: words("title") };
}

export default async function VideoSetupPage({ searchParams }: WithQuery) {
  const person = await requirePerson("tutor");
  const words = await getTranslations("videoSetup");
  const ctx = await context();
  const view = await videoSetup(ctx, person);
  // Not the whole view: what a component is given is sent to the browser.
  const { providers, leftOver, lostUndo } = view;
  const isDisconnected = view.connection?.status === "disconnected";
  const change = { providers, leftOver, lostUndo, isDisconnected };
  const query = await searchParams;
  const outcome = outcomeOf(query);
  return (
    // Another person or address brings another message. Reading the same page again keeps what is shown.
    <MigrationLive
      key={JSON.stringify([person.id, outcome])}
      personId={person.id}
      latest={view.latest}
      isRecent={isRecent(view.latest, view.leftOver, ctx.clock().toISOString())}
      notice={isStillNews(outcome, view.latest) ? outcome : null}
    >
      <PageTime everyMs={15_000} zones={await shownZones()}>
        <PageHead title={words("title")} withZone />
        <ConsentNonce value={await consentNonce()}>
          <Stack gap="xl">
            <PageAlert connection={view.connection} lessonsAhead={view.future.count} />
            <ConnectNow view={view} asked={query.connect} />
            <WhatHappened at="top" {...change} />
            <CurrentProvider view={view} tutorId={person.id} asked={query.connect} />
            <WhatIf view={view} />
            <WhatHappened at="rest" {...change} />
            <History
              migrations={view.history.filter(({ id }) => id !== view.latest?.id)}
              events={view.events}
              personId={person.id}
            />
            <SupportDetails tutorId={person.id} connection={view.connection} />
          </Stack>
        </ConsentNonce>
      </PageTime>
    </MigrationLive>
  );
}
