"use client";
import { Group, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TextLink } from "#components/ButtonLink.tsx";
import { CopyLink } from "#components/links/CopyLink.tsx";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { Participant } from "#lib/services/people/views.ts";
import { isTutorOf, type LessonProps, otherParty, statusAt } from "../../_parts/lesson.ts";
import { Place } from "../../_parts/Place.tsx";
import classes from "../../_parts/Sessions.module.css";

interface Props extends LessonProps {
  /** The student's own link, if they have no account and the viewer may pass it on. */
  handOver: string | null;
}

/** Who teaches what, when in both zones, and where. */
export function LessonFacts({ session, viewer, handOver }: Props) {
  const words = useTranslations("sessions");
  const { scheduledStartAt: start, scheduledEndAt: end } = session;
  const other = otherParty(session, viewer);
  const times = useTimes();
  const now = useNow();
  const theirs = useTimes(other.timeZone);
  const named = ({ id, name }: Participant) =>
    id === viewer.id ? words("details.you", { name }) : name;
  return (
    <dl className={classes.facts}>
      <dt>{words("filter.state")}</dt>
      <dd>{words(`status.${statusAt(session, now)}`)}</dd>
      <dt>{words("details.yourTime")}</dt>
      <dd id="when">
        <time dateTime={start} className="figures">
          {times.day(start, now)}, {times.range(start, end)}
        </time>{" "}
        <Text span c="dimmed" className="figures">
          {times.soon(start, now) ?? ""}
        </Text>
      </dd>
      <dt>{words("details.theirTime", { name: other.name })}</dt>
      <dd className="figures">
        {words("details.inZone", {
          when: `${theirs.fullDay(start, now)}, ${theirs.range(start, end)}`,
          zone: theirs.zoneName(start),
        })}
      </dd>
      <dt>{words("details.length")}</dt>
      <dd>{times.minutes(session.durationMinutes)}</dd>
      <dt>{words("details.tutor")}</dt>
      <dd>{named(session.tutor)}</dd>
      <dt>{words("details.student")}</dt>
      <dd>
        {isTutorOf(session, viewer) ? (
          <TextLink href={`/students/${session.student.id}`}>{session.student.name}</TextLink>
        ) : (
          named(session.student)
        )}
      </dd>
      <dt>{words("details.where")}</dt>
      <dd>
        {session.provider || session.linkState !== "over" ? (
          <Place session={session} viewer={viewer} withAddress />
        ) : (
          words("details.noPlace")
        )}
      </dd>
      {handOver ? (
        <>
          <dt>{words("details.studentsLink", { name: session.student.name })}</dt>
          <LinkOf url={handOver} hint={words("details.studentsLinkHint")} />
        </>
      ) : null}
      <dt>{words("details.link")}</dt>
      <LinkOf
        url={session.joinUrl}
        hint={words(handOver ? "details.ownLinkHint" : "details.linkHint")}
      />
    </dl>
  );
}

function LinkOf({ url, hint }: { url: string; hint: string }) {
  const words = useTranslations("sessions.details");
  return (
    <dd>
      <Group gap={4} wrap="nowrap">
        <span>{url}</span>
        <CopyLink url={url} name={words("copy")} />
      </Group>
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
    </dd>
  );
}
