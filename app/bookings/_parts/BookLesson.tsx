"use client";
import {
  Button,
  Group,
  NumberInput,
  Paper,
  Radio,
  RadioGroup,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
  Title,
} from "@mantine/core";
import { IconUserSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { Empty } from "#components/Empty.tsx";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { MessageField, messageOf } from "#components/messages/MessageField.tsx";
import { notify } from "#components/onDemand/notify.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import { occurrenceOf, toLocalInput } from "#lib/platform/localTime.ts";
import { MAX_WEEKS } from "#lib/records/bookings/rules.ts";
import type { Participant } from "#lib/services/people/views.ts";
import { RequestedDates } from "./RequestedDates.tsx";
import {
  errorsOf,
  type LessonRequest,
  localStartOf,
  type RequestErrors,
  startsOf,
} from "./request.ts";

const durations = [30, 45, 60, 90, 120];
const fields = [
  "tutorId",
  "subject",
  "startsAtLocal",
  "durationMinutes",
  "repeatWeekly",
  "message",
];

const empty: LessonRequest = {
  tutorId: null,
  subject: "",
  date: "",
  time: "",
  durationMinutes: 60,
  isWeekly: false,
  weeks: 4,
  message: "",
};

export function BookLesson({ tutors }: { tutors: Participant[] }) {
  const words = useTranslations("bookings");
  const times = useTimes();
  const { zone } = times;
  const now = useNow();
  const router = useRouter();
  const { busy, problem, send, at, forget } = useCall();
  const only = tutors.length === 1 ? (tutors[0]?.id ?? null) : null;
  const [request, setRequest] = useState<LessonRequest>({ ...empty, tutorId: only });
  const [errors, setErrors] = useState<RequestErrors>({});
  const starts = startsOf(request, zone);
  const tutor = tutors.find(({ id }) => id === request.tutorId) ?? null;

  if (tutors.length === 0) {
    return (
      <Empty
        icon={<IconUserSearch size={28} aria-hidden />}
        title={words("noTutors.title")}
        text={words("noTutors.text")}
      />
    );
  }

  function change(part: Partial<LessonRequest>) {
    setRequest((before) => ({ ...before, ...part }));
    setErrors({});
    forget();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = errorsOf(request, zone, now);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const answer = await send("POST", "/api/bookings", {
      tutorId: request.tutorId,
      subject: request.subject.trim(),
      startsAtLocal: localStartOf(request),
      durationMinutes: request.durationMinutes,
      timeZone: zone.name,
      ...(request.isWeekly ? { repeatWeekly: request.weeks } : {}),
      ...messageOf(request.message),
    });
    if (!answer.ok) return;
    void notify(words("form.sent", { tutor: tutor?.name ?? "" }));
    setRequest({ ...empty, tutorId: request.tutorId });
    router.refresh();
  }

  const errorAt = (field: keyof RequestErrors): string | null => {
    const missing = errors[field];
    return missing ? words(`form.missing.${missing}`, { max: MAX_WEEKS }) : at(field);
  };

  const atField = problem?.field && fields.includes(problem.field);
  return (
    <Paper p="lg" mb="xl" component="section" aria-labelledby="book">
      <Title order={2} id="book" mb="md">
        {words("form.title")}
      </Title>
      <LiveForm onSubmit={submit}>
        <Stack>
          <FormError>{problem && !atField ? problem.sentence : null}</FormError>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={words("form.tutor")}
              placeholder={words("form.choose")}
              data={tutors.map(({ id, name }) => ({ value: id, label: name }))}
              value={request.tutorId}
              onChange={(tutorId) => change({ tutorId })}
              error={errorAt("tutorId")}
              nothingFoundMessage={words("form.nobody")}
              searchable
              allowDeselect={false}
            />
            <TextInput
              label={words("form.subject")}
              maxLength={200}
              value={request.subject}
              onChange={(event) => change({ subject: event.currentTarget.value })}
              error={errorAt("subject")}
            />
          </SimpleGrid>
          <SimpleGrid cols={{ base: 2, sm: 3 }}>
            <TextInput
              type="date"
              label={words("form.date")}
              min={toLocalInput(now, zone).slice(0, 10)}
              value={request.date}
              onChange={(event) => change({ date: event.currentTarget.value })}
              error={errorAt("date")}
            />
            <TextInput
              type="time"
              label={words("form.time")}
              step={300}
              value={request.time}
              onChange={(event) => change({ time: event.currentTarget.value })}
              error={errorAt("time") ?? errorAt("startsAtLocal")}
            />
            <Select
              label={words("form.duration")}
              data={durations.map((minutes) => ({
                value: `${minutes}`,
                label: times.minutes(minutes),
              }))}
              value={`${request.durationMinutes}`}
              onChange={(value) => change({ durationMinutes: Number(value) })}
              error={errorAt("durationMinutes")}
              allowDeselect={false}
            />
          </SimpleGrid>
          <Group align="flex-end" gap="xl" mih={62}>
            <RadioGroup
              label={words("form.repeat")}
              value={request.isWeekly ? "weekly" : "once"}
              onChange={(value) => change({ isWeekly: value === "weekly" })}
            >
              <Group mt={8} mb={6}>
                <Radio value="once" label={words("form.once")} />
                <Radio value="weekly" label={words("form.weekly")} />
              </Group>
            </RadioGroup>
            {request.isWeekly ? (
              <NumberInput
                label={words("form.weeks")}
                w={160}
                min={2}
                max={MAX_WEEKS}
                allowDecimal={false}
                value={request.weeks}
                onChange={(weeks) => change({ weeks: Number(weeks) })}
                error={errorAt("weeks") ?? at("repeatWeekly")}
              />
            ) : null}
          </Group>
          <RequestedDates
            starts={starts}
            isDoubled={occurrenceOf(localStartOf(request), zone) === "twice"}
            tutor={tutor}
          />
          <MessageField
            value={request.message}
            onChange={(message) => change({ message })}
            reader={tutor?.name ?? null}
            error={at("message")}
          />
          <Button type="submit" loading={busy} style={{ alignSelf: "flex-start" }}>
            {words("form.submit", { count: Math.max(starts.length, 1) })}
          </Button>
        </Stack>
      </LiveForm>
    </Paper>
  );
}
