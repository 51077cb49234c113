"use client";
import { ActionIcon, Menu, MenuDropdown, MenuItem, MenuTarget } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCalendarTime, IconDots, IconLink, IconTrash, IconUserOff } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { call } from "#components/api.ts";
import { OwnLink } from "#components/OwnLink.tsx";
import { ChangeLesson } from "./ChangeLesson.tsx";
import { hasBegun, isAhead, isTutorOf, type LessonProps, otherParty } from "./lesson.ts";
import { Reschedule } from "./Reschedule.tsx";
import { useLessonWords } from "./useLessonWords.ts";

/** What the viewer can do with a lesson: see `mayBeChanged`. */
export function LessonMenu({ session, viewer, now }: LessonProps) {
  const words = useTranslations("sessions.change");
  const router = useRouter();
  const [doing, setDoing] = useState<"reschedule" | "ownLink" | "cancel" | "noShow" | null>(null);
  const name = useLessonWords(viewer).name(session, now);
  const close = () => setDoing(null);
  const isTutor = isTutorOf(session, viewer);
  const ahead = isAhead(session, now);

  async function useLink(url: string) {
    const answer = await call("POST", `/api/sessions/${session.id}/own-link`, { url });
    if (!answer.ok) return answer.problem;
    notifications.show({ message: words("done.ownLink"), color: "green" });
    router.refresh();
    return null;
  }
  return (
    <>
      <Menu position="bottom-end">
        <MenuTarget>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={words("menu", { lesson: name })}
          >
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </MenuTarget>
        <MenuDropdown>
          {isTutor && ahead ? (
            <>
              <MenuItem
                leftSection={<IconCalendarTime size={16} />}
                onClick={() => setDoing("reschedule")}
              >
                {words("reschedule")}
              </MenuItem>
              <MenuItem leftSection={<IconLink size={16} />} onClick={() => setDoing("ownLink")}>
                {words("ownLink")}
              </MenuItem>
            </>
          ) : null}
          {ahead ? (
            <MenuItem
              color="var(--mantine-color-error)"
              leftSection={<IconTrash size={16} />}
              onClick={() => setDoing("cancel")}
            >
              {words("cancel")}
            </MenuItem>
          ) : null}
          {isTutor && hasBegun(session, now) ? (
            <MenuItem leftSection={<IconUserOff size={16} />} onClick={() => setDoing("noShow")}>
              {words("noShow")}
            </MenuItem>
          ) : null}
        </MenuDropdown>
      </Menu>
      <Reschedule
        session={session}
        name={name}
        zone={viewer.zone}
        now={now}
        opened={doing === "reschedule"}
        onClose={close}
      />
      <OwnLink lesson={name} opened={doing === "ownLink"} onClose={close} save={useLink} />
      <ChangeLesson
        path={`/api/sessions/${session.id}/cancel`}
        title={words("cancelTitle")}
        text={words("cancelText", { lesson: name, name: otherParty(session, viewer).name })}
        action={words("cancelAction", { subject: session.subject })}
        done={words("done.cancel")}
        opened={doing === "cancel"}
        onClose={close}
      />
      <ChangeLesson
        path={`/api/sessions/${session.id}/no-show`}
        title={words("noShowTitle")}
        text={words("noShowText", { lesson: name })}
        action={words("noShowAction")}
        done={words("done.noShow")}
        opened={doing === "noShow"}
        onClose={close}
      />
    </>
  );
}
