import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "#app/support/_parts/Support.module.css";
import { useTeller } from "#app/support/_parts/useTeller.ts";
import type { TutorReport } from "#lib/services/support/views.ts";
import { ShortList } from "./ShortList.tsx";

/** The lessons of the newest migration that haven't simply moved, with the provider's own words. */
export function Moves({ moves }: Pick<TutorReport, "moves">) {
  const { words, when } = useTeller();
  return (
    <ShortList caption={words("attempts.moves")}>
      {moves.map((move) => (
        <Attempt
          key={move.lesson.id}
          title={move.lesson.title}
          about={when(move.lesson.startsAt)}
          state={words("attempts.move", { state: move.state })}
          isBad={move.state === "failed"}
          attempts={move.attempts}
          next={move.nextAttemptAt}
          error={move.error}
        />
      ))}
    </ShortList>
  );
}

/** The rooms that wait for a call to the provider, and until when. */
export function Waiting({ report }: { report: TutorReport }) {
  const { words, label } = useTeller();
  const titles = new Map(report.lessons.map(({ id, title }) => [id, title]));
  return (
    <ShortList>
      {report.waiting.map((row) => (
        <Attempt
          key={row.meetingId}
          title={titles.get(row.sessionId) ?? row.sessionId}
          about={
            <>
              {words("attempts.meeting", { provider: label(row.provider) })}{" "}
              <code className={classes.breaking}>{row.meetingId}</code>
            </>
          }
          state={words("attempts.waitsFor", { waitsFor: row.waitsFor })}
          isBad={row.overdue}
          attempts={row.attempts}
          next={row.until}
          error={row.error}
        />
      ))}
    </ShortList>
  );
}
interface AttemptProps {
  title: string;
  about: ReactNode;
  state: string;
  isBad: boolean;
  attempts: number;
  next: string | null;
  error: { code: string; detail: string | null } | null;
}

function Attempt(props: AttemptProps) {
  const { title, about, state, isBad, attempts, next, error } = props;
  const { words, when } = useTeller();
  const date = next ? words("attempts.next", { when: when(next) }) : words("attempts.noDate");
  return (
    <li className={classes.row}>
      <div>
        <Text size="sm" fw={600}>
          {title}
        </Text>
        <Text size="sm" c="dimmed" className="figures">
          {about}
        </Text>
      </div>
      <Text size="sm" className={classes.outcome} data-state={isBad ? "bad" : "good"}>
        {state}
      </Text>
      <div>
        <Text size="sm" className="figures">
          {words("attempts.tries", { count: attempts })} · {date}
        </Text>
        {error ? (
          <Text size="sm" c="dimmed" className={classes.breaking}>
            {error.detail
              ? words("attempts.said", { detail: error.detail })
              : words("attempts.reason", { code: error.code })}
          </Text>
        ) : null}
      </div>
    </li>
  );
}
