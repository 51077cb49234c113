"use client";
import { MenuItem } from "@mantine/core";
import {
  IconCalendarQuestion,
  IconCalendarTime,
  IconLink,
  IconTrash,
  IconUserOff,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { hasBegun, isAhead, isTutorOf, type LessonProps } from "#app/sessions/_parts/lesson.ts";
import { DropMenu } from "#components/onDemand/DropMenu.tsx";
import type { MenuOf } from "#components/onDemand/useMenu.ts";
import { useNow } from "#components/time/useNow.ts";
import { type Doing, LessonDialogs } from "./LessonDialogs.tsx";

interface Props {
  menu: MenuOf;
  lesson: LessonProps;
  name: string;
}

/** The menu, and the dialogs that its items open. */
export function LessonItems({ menu, lesson, name }: Props) {
  const words = useTranslations("sessions.change");
  const asking = useTranslations("asking");
  const [doing, setDoing] = useState<Doing | null>(null);
  const { session, viewer } = lesson;
  const now = useNow();
  const isTutor = isTutorOf(session, viewer);
  const ahead = isAhead(session, now);
  const isAsked = session.changeRequest?.status === "open";
  const mayAsk = session.student.id === viewer.id && !hasBegun(session, now) && ahead && !isAsked;
  return (
    <>
      <DropMenu {...menu} position="bottom-end">
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
        {mayAsk ? (
          <MenuItem
            leftSection={<IconCalendarQuestion size={16} />}
            onClick={() => setDoing("ask")}
          >
            {asking("ask")}
          </MenuItem>
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
      </DropMenu>
      <LessonDialogs lesson={lesson} name={name} doing={doing} onClose={() => setDoing(null)} />
    </>
  );
}
