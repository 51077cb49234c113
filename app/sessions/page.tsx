import type { Metadata } from "next";
import { getNow, getTranslations } from "next-intl/server";
import { paramsOf, type WithQuery } from "#components/query.ts";
import { PageTime } from "#components/time/PageTime.tsx";
import { listBookings } from "#lib/services/bookings/listBookings.ts";
import { sessionsAskedAbout } from "#lib/services/sessions/listSessions.ts";
import { shownSessions } from "#lib/services/sessions/shownSessions.ts";
import { listZoneChanges } from "#lib/services/sessions/zoneChanges.ts";
import { firstSteps } from "#lib/services/students/firstSteps.ts";
import { listNotes } from "#lib/services/telling/notes.ts";
import { refusedAddress } from "#lib/services/telling/refusedAddress.ts";
import { isZoneName } from "#lib/services/verb/input.ts";
import { wholeList } from "#lib/services/verb/page.ts";
import { context, ownConnection, requireSide } from "#server/page.ts";
import { TimeRequests } from "./_parts/asking/TimeRequests.tsx";
import { FirstSteps } from "./_parts/FirstSteps.tsx";
import { isAhead, isJoinable } from "./_parts/lesson.ts";
import { Notes } from "./_parts/Notes.tsx";
import { Reconnect } from "./_parts/Reconnect.tsx";
import { RefusedAddress } from "./_parts/RefusedAddress.tsx";
import { SessionsBoard } from "./_parts/SessionsBoard.tsx";
import { lessonZones } from "./_parts/viewState/lessonZones.ts";
import { readViewState } from "./_parts/viewState/viewState.ts";
import { ZoneChanges } from "./_parts/ZoneChanges.tsx";

// The next lesson has a clock of its own that counts by the second.
const STEP_MS = 10_000;

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("sessions");
  return { title: words("title") };
}

export default async function SessionsPage({ searchParams }: WithQuery) {
  const person = await requireSide();
  const ctx = await context();
  const now = (await getNow()).toISOString();
  const query = await searchParams;
  const viewState = readViewState(paramsOf(query), isZoneName);
  const shown = await shownSessions(ctx, person, viewState);
  const changes = person.role === "tutor" ? await listZoneChanges(ctx, person) : [];
  // Bookings are shown only if there are no lessons ahead, so they aren't read otherwise.
  const bookings = shown.sessions.some((session) => isAhead(session, now))
    ? []
    : await wholeList((page) => listBookings(ctx, person, page));
  const asked = person.role === "tutor" ? await sessionsAskedAbout(ctx, person) : [];
  const viewer = { id: person.id, role: person.role, home: person.timeZone };
  const connection = await ownConnection();
  const refused = await refusedAddress(ctx, person);
  const steps = person.role === "tutor" ? await firstSteps(ctx, person) : null;
  return (
    <PageTime everyMs={STEP_MS} zones={await lessonZones(shown.sessions, query, changes)}>
      <SessionsBoard
        shown={shown}
        requests={bookings.filter(({ status }) => status === "requested").length}
        viewer={viewer}
      >
        {steps ? <FirstSteps steps={steps} /> : null}
        {connection ? <Reconnect connection={connection} /> : null}
        <ZoneChanges
          changes={changes}
          isFolded={shown.sessions.some((session) => isJoinable(session, now))}
        />
        <TimeRequests sessions={asked} viewer={viewer} />
        {refused ? <RefusedAddress email={person.email} detail={refused} /> : null}
        <Notes notes={await listNotes(ctx, person)} />
      </SessionsBoard>
    </PageTime>
  );
}
