"use client";
import { Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { TimeZoneSelect } from "#components/time/TimeZoneSelect.tsx";
import type { StudentView } from "#lib/services/students/views.ts";

const fields = ["name", "timeZone", "email", "guardianEmail", "note"];

interface Props {
  /** Whom it is about; left out for somebody new. */
  student?: StudentView;
  /** The tutor's zone, in which a new student most often lives. */
  home: string;
  onDone: (student: StudentView) => void;
  onCancel?: () => void;
}

const valuesOf = (student: StudentView | undefined, home: string) => ({
  name: student?.name ?? "",
  timeZone: student?.timeZone ?? home,
  email: student?.address?.email ?? "",
  guardianEmail: student?.guardian?.email ?? "",
  note: student?.note ?? "",
});
type Values = ReturnType<typeof valuesOf>;

const fieldsThatDiffer = (one: Values, other: Values) =>
  (Object.keys(one) as (keyof Values)[]).filter((field) => one[field] !== other[field]);

/** What is left as it was keeps what another window has written meanwhile. */
const only = (values: Values, chosen: (keyof Values)[]): Partial<Values> =>
  Object.fromEntries(chosen.map((field) => [field, values[field]]));

/** What a tutor writes down about a student. Of one with an account, name, note and guardian. */
export function StudentForm({ student, home, onDone, onCancel }: Props) {
  const words = useTranslations("students.form");
  const { busy, problem, send, at, forget } = useCall();
  const [isNameless, setIsNameless] = useState(false);
  const [shown, setShown] = useState(() => valuesOf(student, home));
  const [values, setValues] = useState(shown);
  const present = valuesOf(student, home);
  // The page is read again: what nobody has touched here shows what was written elsewhere.
  if (fieldsThatDiffer(present, shown).length > 0) {
    const touched = fieldsThatDiffer(values, shown);
    setShown(present);
    setValues({ ...present, ...only(values, touched) });
  }
  const hasAccount = student?.hasAccount ?? false;

  function change(part: Partial<typeof values>) {
    setValues((before) => ({ ...before, ...part }));
    setIsNameless(false);
    forget();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIsNameless(values.name.trim() === "");
    if (values.name.trim() === "") return;
    const answer = student
      ? await send<StudentView>(
          "PATCH",
          `/api/students/${student.id}`,
          only(values, fieldsThatDiffer(values, shown)),
        )
      : await send<StudentView>("POST", "/api/students", values);
    if (answer.ok) onDone(answer.data);
  }

  const isAtField = problem?.field && fields.includes(problem.field);
  return (
    <LiveForm onSubmit={submit}>
      <Stack>
        <FormError>{problem && !isAtField ? problem.sentence : null}</FormError>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput
            label={words("name")}
            // Whoever opened the form types next.
            autoFocus={onCancel !== undefined}
            description={words("nameText")}
            autoComplete="off"
            maxLength={120}
            value={values.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={isNameless ? words("nameMissing") : at("name")}
          />
          {hasAccount ? null : (
            <TimeZoneSelect
              value={values.timeZone}
              onChange={(timeZone) => change({ timeZone: timeZone ?? home })}
              error={at("timeZone")}
              hint={words("timeZoneText")}
            />
          )}
          {hasAccount ? null : (
            <TextInput
              type="email"
              label={words("email")}
              description={words("emailText")}
              autoComplete="off"
              value={values.email}
              onChange={(event) => change({ email: event.currentTarget.value })}
              error={at("email")}
            />
          )}
          <TextInput
            type="email"
            label={words("guardianEmail")}
            description={words("guardianText")}
            autoComplete="off"
            value={values.guardianEmail}
            onChange={(event) => change({ guardianEmail: event.currentTarget.value })}
            error={at("guardianEmail")}
          />
        </SimpleGrid>
        <Textarea
          label={words("note")}
          description={words("noteText")}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={2000}
          value={values.note}
          onChange={(event) => change({ note: event.currentTarget.value })}
          error={at("note")}
        />
        {student?.address ? (
          <Text size="sm" c="dimmed">
            {words("otherAddress")}
          </Text>
        ) : null}
        <Group>
          <Button type="submit" loading={busy}>
            {words(student ? "save" : "add")}
          </Button>
          {onCancel ? (
            <Button variant="default" onClick={onCancel}>
              {words("cancel")}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </LiveForm>
  );
}
