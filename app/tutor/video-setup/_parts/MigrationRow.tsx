import { Text } from "@mantine/core";
import { ProviderMark } from "#components/ProviderMark.tsx";
import { clock, dayAndClock } from "#components/time.ts";
import { whatToDo, migrationWords as words } from "#components/words/migrations.ts";
import { providerNames } from "#components/words/providers.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type { MigrationSessionView } from "#lib/services/views.ts";
import classes from "./VideoSetup.module.css";

interface Props {
  session: MigrationSessionView;
  to: ProviderId;
  zone: string;
  now: string;
}

/** One lesson's crossfade: the old room fades only after the new one is there. */
export function MigrationRow({ session, to, zone, now }: Props) {
  const { from, state, error } = session;
  const isSameProvider = from?.provider === to;
  return (
    <li className={classes.lesson} data-state={state}>
      <div>
        <Text size="sm" fw={600}>
          {words.with(session.subject, session.student)}
        </Text>
        <Text size="sm" c="dimmed" className="figures">
          {dayAndClock(session.startsAt, zone, now)}
        </Text>
      </div>
      <div className={classes.fade}>
        <Room
          part="old"
          provider={from?.provider ?? null}
          url={from?.url}
          byCode={isSameProvider}
        />
        <span className={classes.arrow} role="img" aria-label={words.becomes}>
          →
        </span>
        <Room part="new" provider={to} url={session.to?.url} byCode={isSameProvider} />
      </div>
      <Text size="sm" className={classes.state}>
        {stateInWords(session, zone, now)}
      </Text>
      {state === "failed" && error ? (
        <div className={classes.failure}>
          <Text size="sm">
            {whatToDo[error.code]} {from ? words.keeps : null}
          </Text>
          {error.detail ? (
            <Text size="xs" c="dimmed">
              {words.said(error.detail)}
            </Text>
          ) : null}
        </div>
      ) : null}
    </li>
  );
}

interface RoomProps {
  part: "old" | "new";
  provider: ProviderId | null;
  url: string | undefined;
  /** Both rooms are at one provider: only their codes differ. */
  byCode: boolean;
}

function Room({ part, provider, url, byCode }: RoomProps) {
  if (provider === null) return <span className={classes.room}>{words.noRoom}</span>;
  const name = byCode ? (codeOf(url) ?? words.newRoom) : providerNames[provider];
  return (
    <span className={classes.room} data-part={part} title={url}>
      <ProviderMark provider={provider} size={12} />
      {name}
    </span>
  );
}

/** The last part of a room's address, by which two rooms of one provider differ. */
const codeOf = (url: string | undefined): string | null =>
  url ? (URL.parse(url)?.pathname.split("/").at(-1) ?? null) : null;

function stateInWords(session: MigrationSessionView, zone: string, now: string): string {
  const { state, nextAttemptAt } = session;
  if (nextAttemptAt && nextAttemptAt > now) {
    if (state === "deferred") return words.after(dayAndClock(nextAttemptAt, zone, now));
    if (state === "pending") return words.again(clock(nextAttemptAt, zone));
  }
  return words.state[state];
}
