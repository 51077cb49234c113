"use client";
import { Button, Paper, Select, Stack, Title } from "@mantine/core";
import { IconUserSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { Empty } from "#components/Empty.tsx";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { LessonFields, lessonFields } from "#components/lessons/LessonFields.tsx";
import { bodyOf, errorsOf, noWish, startsOf, type WishErrors } from "#components/lessons/wish.ts";
import { MessageField, messageOf } from "#components/messages/MessageField.tsx";
import { notify } from "#components/onDemand/notify.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { Participant } from "#lib/services/people/views.ts";

const fields = ["tutorId", ...lessonFields, "message"];

export function BookLesson({ tutors }: { tutors: Participant[] }) {
  const words = useTranslations("bookings");
  const { zone } = useTimes();
  const now = useNow();
  const router = useRouter();
  const { busy, problem, send, at, forget } = useCall();
  const only = tutors.length === 1 ? (tutors[0]?.id ?? null) : null;
  const [tutorId, setTutorId] = useState<string | null>(only);
  const [isMissing, setMissing] = useState(false);
  const [message, setMessage] = useState("");
  const [wish, setWish] = useState(noWish);
  const [errors, setErrors] = useState<WishErrors>({});
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

  function touch() {
    setErrors({});
    setMissing(false);
    forget();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = errorsOf(wish, zone, now);
    setErrors(found);
    setMissing(tutorId === null);
    if (tutorId === null || Object.keys(found).length > 0) return;
    const body = { tutorId, ...bodyOf(wish, zone), ...messageOf(message) };
    const answer = await send("POST", "/api/bookings", body);
    if (!answer.ok) return;
    void notify(words("form.sent", { tutor: tutor?.name ?? "" }));
    setWish(noWish);
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
            wish={wish}
            change={(part) => {
              setWish((before) => ({ ...before, ...part }));
              touch();
            }}
            errors={errors}
            at={at}
            other={tutor}
            before={
              <Select
                label={words("form.tutor")}
                placeholder={words("form.choose")}
                data={tutors.map(({ id, name }) => ({ value: id, label: name }))}
                value={tutorId}
                onChange={(id) => {
                  setTutorId(id);
                  touch();
                }}
                error={isMissing ? words("form.missing.tutor") : at("tutorId")}
                nothingFoundMessage={words("form.nobody")}
                searchable
                allowDeselect={false}
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
            {words("form.submit", { count: Math.max(startsOf(wish, zone).length, 1) })}
          </Button>
        </Stack>
      </LiveForm>
    </Paper>
  );
}
