"use client";
import { Button, NativeSelect, Paper, Stack, Title } from "@mantine/core";
import { IconUserSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { Empty } from "#components/Empty.tsx";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { LessonFields, lessonFields } from "#components/lessons/LessonFields.tsx";
import { useWish } from "#components/lessons/useWish.ts";
import { MessageField, messageOf } from "#components/messages/MessageField.tsx";
import { notify } from "#components/onDemand/notify.ts";
import type { Participant } from "#lib/services/people/views.ts";

const fields = ["tutorId", ...lessonFields, "message"];

export function BookLesson({ tutors }: { tutors: Participant[] }) {
  const words = useTranslations("bookings");
  const router = useRouter();
  const { busy, problem, send, at, forget } = useCall();
  const only = tutors.length === 1 ? (tutors[0]?.id ?? null) : null;
  const [tutorId, setTutorId] = useState<string | null>(only);
  const [isMissing, setMissing] = useState(false);
  const [message, setMessage] = useState("");
  const touch = () => {
    setMissing(false);
    forget();
  };
  const lessons = useWish(touch);
  const tutor = tutors.find(({ id }) => id === tutorId) ?? null;

  if (tutors.length === 0) {
    return (
      <Empty
        icon={<IconUserSearch size={28} aria-hidden />}
        title={words("noTutors.title")}
        text={words("noTutors.text")}
      />
    );
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const wish = lessons.read();
    setMissing(tutorId === null);
    if (tutorId === null || wish === null) return;
    const body = { tutorId, ...wish, ...messageOf(message) };
    const answer = await send("POST", "/api/bookings", body);
    if (!answer.ok) return;
    void notify(words("form.sent", { tutor: tutor?.name ?? "" }));
    lessons.clear();
    setMessage("");
    router.refresh();
  }

  const atField = problem?.field && fields.includes(problem.field);
  return (
    <Paper p="lg" mb="xl" component="section" aria-labelledby="book">
      <Title order={2} id="book" mb="md">
        {words("form.title")}
      </Title>
      <LiveForm onSubmit={submit}>
        <Stack>
          <FormError>{problem && !atField ? problem.sentence : null}</FormError>
          <LessonFields
            lessons={lessons}
            at={at}
            other={tutor}
            before={
              <NativeSelect
                label={words("form.tutor")}
                data={[
                  { value: "", label: words("form.choose"), disabled: true },
                  ...tutors.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                value={tutorId ?? ""}
                onChange={(event) => {
                  setTutorId(event.currentTarget.value);
                  touch();
                }}
                error={isMissing ? words("form.missing.tutor") : at("tutorId")}
              />
            }
          />
          <MessageField
            value={message}
            onChange={(text) => {
              setMessage(text);
              touch();
            }}
            reader={tutor?.name ?? null}
            error={at("message")}
          />
          <Button type="submit" loading={busy} style={{ alignSelf: "flex-start" }}>
            {words("form.submit", { count: Math.max(lessons.count, 1) })}
          </Button>
        </Stack>
      </LiveForm>
    </Paper>
  );
}
