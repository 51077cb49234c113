"use client";
import { Button, Paper, Stack, Title } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { LessonFields, lessonFields } from "#components/lessons/LessonFields.tsx";
import { useWish } from "#components/lessons/useWish.ts";
import { notify } from "#components/onDemand/notify.ts";
import type { StudentView } from "#lib/services/students/views.ts";

/** A tutor enters a lesson or a weekly series, which nobody has to accept. */
export function AddLessons({ student }: { student: StudentView }) {
  const words = useTranslations("students.add");
  const router = useRouter();
  const { busy, problem, send, at, forget } = useCall();
  const lessons = useWish(forget);
  const { count } = lessons;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const wish = lessons.read();
    if (wish === null) return;
    const answer = await send("POST", `/api/students/${student.id}/lessons`, wish);
    if (!answer.ok) return;
    void notify(words("done", { count }));
    lessons.clear();
    router.refresh();
  }

  const isAtField = problem?.field && lessonFields.includes(problem.field);
  return (
    <Paper p="lg" my="xl" component="section" aria-labelledby="add-lessons">
      <Title order={2} id="add-lessons" mb="md">
        {words("title")}
      </Title>
      <LiveForm onSubmit={submit}>
        <Stack>
          <FormError>{problem && !isAtField ? problem.sentence : null}</FormError>
          <LessonFields lessons={lessons} at={at} other={student} />
          <Button type="submit" loading={busy} style={{ alignSelf: "flex-start" }}>
            {words("submit", { count: Math.max(count, 1) })}
          </Button>
        </Stack>
      </LiveForm>
    </Paper>
  );
}
