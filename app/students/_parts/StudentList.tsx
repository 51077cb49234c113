"use client";
import { Button, Paper, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUserPlus, IconUsers } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Empty } from "#components/Empty.tsx";
import { Pending } from "#components/Pending.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { StudentView } from "#lib/services/students/views.ts";
import { StudentForm } from "./StudentForm.tsx";
import classes from "./Students.module.css";

export function StudentList({ students, home }: { students: StudentView[]; home: string }) {
  const words = useTranslations("students");
  const router = useRouter();
  const [isAdding, { open, close }] = useDisclosure();
  const add = (
    <Button leftSection={<IconUserPlus size={18} aria-hidden />} onClick={open}>
      {words("addButton")}
    </Button>
  );
  return (
    <>
      {isAdding ? (
        <Paper p="lg" mb="xl" component="section" aria-labelledby="new-student">
          <Title order={2} id="new-student" mb="md">
            {words("addTitle")}
          </Title>
          <StudentForm
            home={home}
            onDone={({ id }) => router.push(`/students/${id}`)}
            onCancel={close}
          />
        </Paper>
      ) : null}
      {students.length === 0 && !isAdding ? (
        <Empty
          icon={<IconUsers size={28} aria-hidden />}
          title={words("empty.title")}
          text={words("empty.text")}
          action={add}
        />
      ) : null}
      {students.length > 0 ? (
        <>
          {isAdding ? null : add}
          <ul className={classes.list}>
            {students.map((student) => (
              <Row key={student.id} student={student} />
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

function Row({ student }: { student: StudentView }) {
  const words = useTranslations("students");
  const times = useTimes();
  const now = useNow();
  const { lessonsAhead: count, nextStartAt: next, hasAccount, address, guardian } = student;
  return (
    <li className={classes.row}>
      <div>
        <Link href={`/students/${student.id}`} className={classes.name}>
          {student.name}
          <Pending />
        </Link>
        <Text size="sm" c="dimmed" className="figures">
          {next
            ? words("ahead", { count, next: times.dayAndClock(next, now) })
            : words("noneAhead")}
        </Text>
      </div>
      <Text size="sm" c="dimmed">
        {hasAccount
          ? words("signsIn")
          : words(`short.${address?.standing.state ?? (guardian ? "guardians" : "none")}`)}
        {guardian ? `. ${words(`shortGuardian.${guardian.standing.state}`)}` : ""}
      </Text>
    </li>
  );
}
