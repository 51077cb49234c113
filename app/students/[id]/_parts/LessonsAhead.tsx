"use client";
import { Alert, Anchor, Button, Group, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useReread } from "#components/calls/useReread.ts";
import { CopyText } from "#components/links/CopyText.tsx";
import { LessonTime } from "#components/time/Time.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { SessionView } from "#lib/services/sessions/views.ts";
import type { StudentView } from "#lib/services/students/views.ts";
import classes from "../../_parts/Students.module.css";

interface Props {
  lessons: SessionView[];
  /** By lesson; none of a student with an account. */
  links: Record<string, string>;
  student: StudentView;
  isConnected: boolean;
}

/** A year of weekly lessons would push everything else out of sight. */
const AT_FIRST = 12;

/** The lessons ahead, each with the student's own link where the tutor may hand it over. */
export function LessonsAhead({ lessons, links, student, isConnected }: Props) {
  const words = useTranslations("students.lessons");
  const times = useTimes();
  const theirs = useTimes(student.timeZone);
  const now = useNow();
  useReread(60_000);
  const all = lessons
    .map(({ id, subject, tutor, scheduledStartAt: start }) => {
      const when = `${theirs.fullDay(start, now)}, ${theirs.clock(start)}, ${theirs.zoneName(start)}`;
      return `${subject} (${tutor.name}), ${when}\n${links[id]}`;
    })
    .join("\n\n");
  const [isWhole, { open: showAll }] = useDisclosure();
  const shown = isWhole ? lessons : lessons.slice(0, AT_FIRST);
  const mayCopy = Object.keys(links).length > 0;
  return (
    <section aria-labelledby="ahead">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="ahead">
          {words("title")}
        </Title>
        {mayCopy && lessons.length > 1 ? (
          <CopyText value={all} size="xs" copy={words("copyAll")} copied={words("copied")} />
        ) : null}
      </Group>
      {lessons.length === 0 ? <Text c="dimmed">{words("none")}</Text> : null}
      {lessons.length > 0 && !isConnected ? (
        <Alert mb="sm">
          {words("unconnected")}{" "}
          <Anchor component={Link} href="/tutor/video-setup">
            {words("connect")}
          </Anchor>
        </Alert>
      ) : null}
      {mayCopy ? (
        <Text size="sm" c="dimmed" mb="xs">
          {words("handOver", { name: student.name })}
        </Text>
      ) : null}
      <ul className={classes.list} style={{ marginTop: 0 }}>
        {shown.map(({ id, subject, scheduledStartAt: from, scheduledEndAt: to }) => (
          <li key={id} className={classes.row}>
            <div>
              <Link href={`/sessions/${id}`} className={classes.name} id={`lesson-${id}`}>
                {subject}
              </Link>
              <Text size="sm" c="dimmed" component="div">
                {times.day(from, now)}, <LessonTime from={from} to={to} other={student} />
              </Text>
            </div>
            {links[id] ? (
              <CopyText
                value={links[id]}
                size="xs"
                copy={words("copy")}
                copied={words("copied")}
                aria-describedby={`lesson-${id}`}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {shown.length < lessons.length ? (
        <Button variant="default" size="sm" mt="sm" onClick={showAll}>
          {words("showAll", { count: lessons.length })}
        </Button>
      ) : null}
    </section>
  );
}
