import { useTranslations } from "next-intl";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import { isTutorOf, otherParty, type Viewer } from "./lesson.ts";

/** Words about a lesson, in the viewer's language and the zone that is shown. */
export function useLessonWords(viewer: Viewer) {
  const words = useTranslations("sessions");
  const times = useTimes();
  const now = useNow();
  return {
    /** "Algebra with Ben Weber, today 16:00" */
    name: (session: SessionView): string =>
      words("named", {
        subject: session.subject,
        name: otherParty(session, viewer).name,
        when: times.dayAndClock(session.scheduledStartAt, now),
      }),
    /** What to say about the room while it isn't ready; null if there is nothing to say. */
    link: (session: SessionView): string | null => {
      const { linkState } = session;
      if (linkState === "ready" || linkState === "over") return null;
      if (linkState === "preparing" || !isTutorOf(session, viewer))
        return words(`link.${linkState}`);
      return words(`linkForTutor.${linkState}`);
    },
  };
}
