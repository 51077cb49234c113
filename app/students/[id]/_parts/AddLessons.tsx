"use client";
import { Button, Paper, Stack, Title } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { LessonFields, lessonFields } from "#components/lessons/LessonFields.tsx";
import { bodyOf, errorsOf, noWish, startsOf, type WishErrors } from "#components/lessons/wish.ts";
import { notify } from "#components/onDemand/notify.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { StudentView } from "#lib/services/students/views.ts";

/** A tutor enters a lesson or a weekly series, which nobody has to accept. */
export function AddLessons({ student }: { student: StudentView }) {
  const words = useTranslations("students.add");
  const { zone } = useTimes();
  const now = useNow();
  const router = useRouter();
  const { busy, problem, send, at, forget } = useCall();
  const [wish, setWish] = useState(noWish);
  const [errors, setErrors] = useState<WishErrors>({});
  const count = startsOf(wish, zone).length;

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = errorsOf(wish, zone, now);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const path = `/api/students/${student.id}/lessons`;
    const answer = await send("POST", path, bodyOf(wish, zone));
    if (!answer.ok) return;
    void notify(words("done", { count }));
    setWish(noWish);
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
          <LessonFields
            wish={wish}
            change={(part) => {
              setWish((before) => ({ ...before, ...part }));
              setErrors({});
              forget();
            }}
            errors={errors}
            at={at}
            other={student}
          />
          <Button type="submit" loading={busy} style={{ alignSelf: "flex-start" }}>
            {words("submit", { count: Math.max(count, 1) })}
          </Button>
        </Stack>
      </LiveForm>
    </Paper>
  );
}
