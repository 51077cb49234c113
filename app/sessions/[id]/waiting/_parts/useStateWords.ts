import { useTranslations } from "next-intl";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { isTutorOf, type LessonProps, otherParty } from "../../../_parts/lesson.ts";
import type { WaitingState } from "./state.ts";

interface Said {
  title: string;
  text: string;
}

/** What the page says about why there is no room yet, or any more. */
export function useStateWords(
  { session, viewer }: LessonProps,
  state: WaitingState,
  hasJoined: boolean,
): Said {
  const words = useTranslations("waiting");
  const names = useTranslations("providers");
  const times = useTimes();
  const now = useNow();
  const isTutor = isTutorOf(session, viewer);
  const { name: tutor } = session.tutor;
  const { name: student } = session.student;
  const { name } = otherParty(session, viewer);
  const texts: Record<WaitingState, () => string> = {
    early: () => {
      const when = times.when(session.opensAt, now);
      if (!session.passcode || !session.provider || isTutor) return words("earlyText", { when });
      return words("earlyPasscode", { when, provider: names(session.provider) });
    },
    preparing: () => words("preparingText"),
    waiting: () => (isTutor ? words("waitingForTutor") : words("waitingText", { tutor })),
    failed: () => (isTutor ? words("failedForTutor") : words("failedText", { tutor })),
    open: () => words(hasJoined ? "enteredText" : "openText"),
    moved: () => words("movedText"),
    cancelled: () => words("cancelledText", { name }),
    missed: () => (isTutor ? words("missedForTutor", { student }) : words("missedText", { tutor })),
    over: () => words("overText", { when: times.when(session.scheduledEndAt, now) }),
  };
  const isInside = state === "open" && hasJoined;
  return { title: words(isInside ? "entered" : state), text: texts[state]() };
}
