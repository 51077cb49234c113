"use client";
import { Button, Paper, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/calls/useCall.ts";
import { notify } from "#components/onDemand/notify.ts";
import type { StudentView } from "#lib/services/students/views.ts";
import { StudentForm } from "../../_parts/StudentForm.tsx";
import { AddressStanding } from "./AddressStanding.tsx";

interface Props {
  student: StudentView;
  home: string;
  /** How many links the tutor may hand over. */
  links: number;
}

/** What the tutor wrote down, how it stands with the addresses, and taking the student off the list. */
export function AboutStudent({ student, home, links }: Props) {
  const words = useTranslations("students.about");
  const router = useRouter();
  const { busy, problem, send, forget } = useCall();
  const [isAsking, { open, close }] = useDisclosure();

  async function remove() {
    const { ok } = await send("DELETE", `/api/students/${student.id}`);
    if (!ok) return;
    void notify(words("removed", { name: student.name }));
    router.push("/students");
  }

  return (
    <Paper p="lg" component="section" aria-labelledby="about-student">
      <Title order={2} id="about-student" mb="xs">
        {words("title")}
      </Title>
      <Stack gap="xs" mb="md">
        {student.hasAccount ? <Text size="sm">{words("signsIn")}</Text> : null}
        {!student.hasAccount && !student.address ? (
          <Text size="sm">{words("noAddress")}</Text>
        ) : null}
        {student.address ? (
          <AddressStanding studentId={student.id} kind="student" address={student.address} />
        ) : null}
        {student.guardian ? (
          <AddressStanding
            studentId={student.id}
            kind="tutors_guardian"
            address={student.guardian}
          />
        ) : null}
      </Stack>
      <StudentForm
        student={student}
        home={home}
        onDone={({ id, address }) => {
          const { address: before } = student;
          const hasEnded = before?.standing.state === "agreed" && before.email !== address?.email;
          void notify(words(hasEnded && links > 0 ? "savedAnew" : "saved"));
          if (id === student.id) router.refresh();
          else router.replace(`/students/${id}`);
        }}
      />
      {student.isWrittenDown && student.lessonsAhead === 0 ? (
        <Button
          variant="subtle"
          color="red"
          mt="md"
          onClick={() => {
            forget();
            open();
          }}
        >
          {words("remove")}
        </Button>
      ) : null}
      {student.isWrittenDown && student.lessonsAhead > 0 ? (
        <Text size="sm" c="dimmed" mt="md">
          {words("removeLater", { name: student.name })}
        </Text>
      ) : null}
      <Confirm
        opened={isAsking}
        onClose={close}
        title={words("removeTitle", { name: student.name })}
        action={words("remove")}
        busy={busy}
        problem={problem?.sentence ?? null}
        onConfirm={remove}
      >
        {words("removeText")}
      </Confirm>
    </Paper>
  );
}
