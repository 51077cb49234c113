import { Text } from "@mantine/core";
import classes from "#app/support/_parts/Support.module.css";
import { useTeller } from "#app/support/_parts/useTeller.ts";
import { ProviderName } from "#components/ProviderMark.tsx";
import type { LessonReport, TutorReport } from "#lib/services/support/views.ts";
import { ShortList } from "./ShortList.tsx";

/** Lessons with something wrong come first, so that a short list shows them. */
export function Sessions({ lessons }: { lessons: TutorReport["lessons"] }) {
  const ordered = [
    ...lessons.filter(({ problem }) => problem),
    ...lessons.filter(({ problem }) => !problem),
  ];
  return (
    <ShortList>
      {ordered.map((lesson) => (
        <Row key={lesson.id} lesson={lesson} />
      ))}
    </ShortList>
  );
}

function Row({ lesson }: { lesson: LessonReport }) {
  const { words, when } = useTeller();
  const { id, title, startsAt, provider, room, problem, updatedAt } = lesson;
  return (
    <li className={classes.row}>
      <div>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="sm" c="dimmed" className="figures">
          {when(startsAt)} · <code className={classes.breaking}>{id}</code>
        </Text>
      </div>
      <div>
        <Text size="sm" component="div">
          {provider ? <ProviderName provider={provider} /> : words("sessions.noRoom")}
          {room?.origin === "manual" ? `, ${words("sessions.byHand")}` : null}
        </Text>
        <Text size="sm" c="dimmed" className={classes.breaking}>
          {room?.externalId}
        </Text>
      </div>
      <div>
        <Text size="sm" className={classes.outcome} data-state={problem ? "bad" : "good"}>
          {words(problem ? "sessions.seeAbove" : "sessions.ok")}
        </Text>
        <Text size="sm" c="dimmed" className="figures">
          {words("sessions.changed", { when: when(updatedAt) })}
        </Text>
      </div>
    </li>
  );
}
