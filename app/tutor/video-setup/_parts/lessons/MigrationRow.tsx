import { Anchor, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import { ProviderMark } from "#components/ProviderMark.tsx";
import type { Times } from "#components/time/times.ts";
import { useNow } from "#components/time/useNow.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { MigrationDetail, MigrationSessionView } from "#lib/services/switching/views.ts";
import { LessonActions } from "./LessonActions.tsx";

interface Props {
  migration: MigrationDetail;
  session: MigrationSessionView;
}

/** One lesson's crossfade: the old room fades only after the new one is there. */
export function MigrationRow({ migration, session }: Props) {
  const words = useTranslations("migrations");
  const times = useTimes();
  const now = useNow();
  const { from, state, error, since } = session;
  const isWithin = from?.provider === migration.to;
  return (
    <li className={classes.lesson} data-state={state}>
      <div>
        <Text size="sm" fw={600}>
          {words("with", { subject: session.subject, student: session.student })}
        </Text>
        <Text size="sm" c="dimmed" className="figures">
          {times.dayAndClock(session.startsAt, now)}
        </Text>
      </div>
      <div className={classes.fade}>
        <Room part="old" provider={from?.provider ?? null} url={from?.url} isWithin={isWithin} />
        <span className={classes.arrow} role="img" aria-label={words("becomes")}>
          →
        </span>
        <Room part="new" provider={migration.to} url={session.to?.url} isWithin={isWithin} />
      </div>
      <div className={classes.state}>
        <Text size="sm" fw="inherit">
          {stateInWords(words, times, session, now)}
        </Text>
        {since && state !== "moved" ? <Text size="xs">{words(`since.${since}`)}</Text> : null}
      </div>
      {state === "failed" && error && !since ? (
        <div className={classes.failure}>
          <Text size="sm">
            {words(`whatToDo.${error.code}`)} {from ? words("keeps") : null}
          </Text>
          {error.detail ? (
            <Text size="xs" c="dimmed">
              {words("said", { words: error.detail })}
            </Text>
          ) : null}
        </div>
      ) : null}
      <LessonActions migration={migration} session={session} />
      {session.enteredOld > 0 && from ? (
        <Text size="sm" className={classes.failure} c="var(--segue-wait)">
          {words("entered", { count: session.enteredOld })}{" "}
          <Anchor href={from.url} target="_blank" rel="noreferrer" inherit>
            {words("oldRoom")}
          </Anchor>
        </Text>
      ) : null}
    </li>
  );
}

interface RoomProps {
  part: "old" | "new";
  provider: ProviderId | null;
  url: string | undefined;
  /** Whether both rooms are at one provider, so that its name tells nothing. */
  isWithin: boolean;
}

function Room({ part, provider, url, isWithin }: RoomProps) {
  const words = useTranslations("migrations");
  const names = useTranslations("providers");
  if (provider === null) return <span className={classes.room}>{words("noRoom")}</span>;
  const name = isWithin ? words(part === "old" ? "formerRoom" : "newRoom") : names(provider);
  return (
    <span className={classes.room} data-part={part} title={url}>
      <ProviderMark provider={provider} size={12} />
      {name}
    </span>
  );
}

function stateInWords(
  words: ReturnType<typeof useTranslations<"migrations">>,
  times: Times,
  { state, nextAttemptAt, startsAt }: MigrationSessionView,
  now: string,
): string {
  if (nextAttemptAt && nextAttemptAt > now) {
    if (state === "deferred" && startsAt < nextAttemptAt) return words("stays");
    if (state === "deferred")
      return words("after", { when: times.dayAndClock(nextAttemptAt, now) });
    if (state === "pending") return words("again", { when: times.when(nextAttemptAt, now) });
  }
  return words(`state.${state}`);
}
