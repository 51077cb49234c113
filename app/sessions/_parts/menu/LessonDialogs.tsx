"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { AskForTime } from "#app/sessions/_parts/asking/AskForTime.tsx";
import type { LessonProps } from "#app/sessions/_parts/lesson.ts";
import { call } from "#components/calls/api.ts";
import { OwnLink } from "#components/OwnLink.tsx";
import { Dialog } from "#components/onDemand/Dialog.tsx";
import { notify } from "#components/onDemand/notify.ts";
import { CancelLesson } from "./CancelLesson.tsx";
import { ChangeLesson } from "./ChangeLesson.tsx";
import { Reschedule } from "./Reschedule.tsx";

export type Doing = "reschedule" | "ask" | "ownLink" | "cancel" | "noShow";

interface Props {
  lesson: LessonProps;
  name: string;
  /** At most one of them is open. */
  doing: Doing | null;
  onClose: () => void;
}

export function LessonDialogs({ lesson, name, doing, onClose }: Props) {
  const words = useTranslations("sessions.change");
  const asking = useTranslations("asking");
  const router = useRouter();
  const { session } = lesson;

  async function saveLink(room: { url: string; passcode: string }) {
    const answer = await call("POST", `/api/sessions/${session.id}/own-link`, room);
    if (!answer.ok) return answer.problem;
    void notify(words("done.ownLink"));
    router.refresh();
    return null;
  }

  return (
    <>
      <Reschedule lesson={lesson} name={name} opened={doing === "reschedule"} onClose={onClose} />
      <Dialog opened={doing === "ask"} onClose={onClose} title={asking("dialog", { lesson: name })}>
        <AskForTime
          path={`/api/sessions/${session.id}/ask`}
          startsAt={session.scheduledStartAt}
          tutor={session.tutor.name}
          onClose={onClose}
        />
      </Dialog>
      <OwnLink lesson={name} opened={doing === "ownLink"} onClose={onClose} save={saveLink} />
      <CancelLesson lesson={lesson} name={name} opened={doing === "cancel"} onClose={onClose} />
      <ChangeLesson
        path={`/api/sessions/${session.id}/no-show`}
        title={words("noShowTitle")}
        text={words("noShowText", { lesson: name })}
        action={words("noShowAction")}
        done={words("done.noShow")}
        opened={doing === "noShow"}
        onClose={onClose}
      />
    </>
  );
}
