"use client";
import { ActionIcon } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { LessonProps } from "#app/sessions/_parts/lesson.ts";
import { useLessonWords } from "#app/sessions/_parts/useLessonWords.ts";
import { useMenu } from "#components/onDemand/useMenu.ts";

const load = () => import("./LessonItems.tsx").then((file) => file.LessonItems);
const LessonItems = dynamic(load);

/** What the viewer can do with a lesson. See `mayBeChanged`. */
export function LessonMenu(lesson: LessonProps) {
  const words = useTranslations("sessions.change");
  const { button, menu } = useMenu(load, `menu-${lesson.session.id}`);
  const name = useLessonWords(lesson.viewer).name(lesson.session);
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={words("menu", { lesson: name })}
        {...button}
      >
        <IconDots size={18} aria-hidden />
      </ActionIcon>
      {menu ? <LessonItems menu={menu} lesson={lesson} name={name} /> : null}
    </>
  );
}
