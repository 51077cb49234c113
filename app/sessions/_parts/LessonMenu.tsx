"use client";
import { ActionIcon, Menu, MenuDropdown, MenuItem, MenuTarget } from "@mantine/core";
import { IconCalendarTime, IconDots, IconTrash, IconUserOff } from "@tabler/icons-react";
import { useState } from "react";
import { sessionWords } from "#components/words/sessions.ts";
import type { SessionView } from "#lib/services/views.ts";
import { ChangeLesson } from "./ChangeLesson.tsx";
import { hasBegun, isAhead, lessonName, type Viewer } from "./lesson.ts";
import { Reschedule } from "./Reschedule.tsx";

const words = sessionWords.change;

interface Props {
  session: SessionView;
  viewer: Viewer;
  now: string;
}

/** What the tutor can do with a lesson. */
export function LessonMenu({ session, viewer, now }: Props) {
  const [doing, setDoing] = useState<"reschedule" | "cancel" | "noShow" | null>(null);
  const name = lessonName(session, viewer, now);
  const close = () => setDoing(null);
  const begun = hasBegun(session, now);
  return (
    <>
      <Menu position="bottom-end">
        <MenuTarget>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={words.menu(name)}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </MenuTarget>
        <MenuDropdown>
          {isAhead(session, now) ? (
            <>
              <MenuItem
                leftSection={<IconCalendarTime size={16} />}
                onClick={() => setDoing("reschedule")}
              >
                {words.reschedule}
              </MenuItem>
              <MenuItem
                color="var(--mantine-color-error)"
                leftSection={<IconTrash size={16} />}
                onClick={() => setDoing("cancel")}
              >
                {words.cancel}
              </MenuItem>
            </>
          ) : null}
          {begun ? (
            <MenuItem leftSection={<IconUserOff size={16} />} onClick={() => setDoing("noShow")}>
              {words.noShow}
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
      <ChangeLesson
        path={`/api/sessions/${session.id}/cancel`}
        title={words.cancelTitle}
        text={words.cancelText(name)}
        action={`${words.cancel}: ${session.subject}`}
        done={words.done.cancel}
        opened={doing === "cancel"}
        onClose={close}
      />
      <ChangeLesson
        path={`/api/sessions/${session.id}/no-show`}
        title={words.noShowTitle}
        text={words.noShowText(name)}
        action={words.noShowAction}
        done={words.done.noShow}
        opened={doing === "noShow"}
        onClose={close}
      />
    </>
  );
}
