"use client";
import { Button, Group, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { StudentView } from "#lib/services/students/views.ts";

interface Props {
  studentId: string;
  kind: "student" | "tutors_guardian";
  address: NonNullable<StudentView["address"]>;
}

/** Whether an address has agreed, and asking it once more when that is allowed. */
export function AddressStanding({ studentId, kind, address: { email, standing } }: Props) {
  const words = useTranslations("students.standing");
  const times = useTimes();
  const now = useNow();
  const router = useRouter();
  const { busy, problem, send } = useCall();
  const { state, askedAt, askAgainAt } = standing;
  const day = (at: string | null) => (at ? times.fullDay(at, now) : "");
  const asked = { date: day(askedAt) };
  const mayAsk = askAgainAt !== null && Date.parse(askAgainAt) <= Date.parse(now);

  async function ask() {
    const { ok } = await send("POST", `/api/students/${studentId}/ask-again`, { kind });
    if (ok) router.refresh();
  }

  return (
    <Group gap="sm">
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        <strong>{email}</strong>:{" "}
        {kind === "student"
          ? words(`ofStudent.${state}`, asked)
          : words(`ofGuardian.${state}`, asked)}
        {askAgainAt && !mayAsk ? ` ${words("askAgainFrom", { date: day(askAgainAt) })}` : ""}
      </Text>
      {mayAsk ? (
        <Button variant="default" size="compact-md" loading={busy} onClick={ask}>
          {words("askAgain")}
        </Button>
      ) : null}
      <FormError>{problem?.sentence ?? null}</FormError>
    </Group>
  );
}
