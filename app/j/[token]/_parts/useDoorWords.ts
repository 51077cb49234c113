import { useTranslations } from "next-intl";
import type { WaitingState } from "#app/sessions/[id]/waiting/_parts/state.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { DoorView } from "#lib/services/doors/views.ts";

/** What the door says about why there is a way in, not yet, or not any more. */
export function useDoorWords(door: DoorView, state: WaitingState): { title: string; text: string } {
  const words = useTranslations("door");
  const times = useTimes();
  const now = useNow();
  const { tutorName: tutor } = door;
  const texts: Record<WaitingState, () => string> = {
    early: () => words("earlyText", { when: times.when(door.opensAt, now) }),
    preparing: () => words("preparingText"),
    waiting: () => words("waitingText", { tutor }),
    failed: () => words("failedText", { tutor }),
    open: () => words("openText"),
    moved: () => words("movedText"),
    cancelled: () => words("cancelledText", { tutor }),
    missed: () => words("missedText", { tutor }),
    over: () => words("overText", { when: times.when(door.scheduledEndAt, now) }),
  };
  return { title: words(state), text: texts[state]() };
}
