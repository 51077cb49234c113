import { Text, VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";
import { TileMark } from "#components/crossfade/TileMark.tsx";
import { countKinds, type TileKind } from "#components/crossfade/tiles.ts";
import { useTimes } from "#components/time/useTimes.ts";
import type { ProviderId } from "#lib/providers/provider.ts";
import type {
  MigrationPreview,
  PreviewWeek as Week,
} from "#lib/services/switching/previewViews.ts";
import classes from "./Preview.module.css";

const kinds: Record<Week[number]["becomes"], TileKind> = {
  moves: "moved",
  waits: "waiting",
  stays: "left",
};

/** The next seven days' lessons as they are now, and as they are after the switch. */
export function PreviewWeek({ preview, to }: { preview: MigrationPreview; to: ProviderId }) {
  const words = useTranslations("videoSetup.whatIf.week");
  const lessonWords = useTranslations("videoSetup.whatIf");
  const legend = useTranslations("migrations.legend");
  const times = useTimes();
  const days = Map.groupBy(preview.week, ({ startsAt }) => times.dayKey(startsAt));
  if (days.size === 0) return null;
  const row = (name: "now" | "after", kindOf: (lesson: Week[number]) => TileKind) => (
    <tr>
      <th scope="row">{words(name)}</th>
      {[...days].map(([day, lessons]) => (
        <td key={day}>
          <span className={classes.tiles} aria-hidden="true">
            {lessons.map((lesson) => {
              const { subject, student } = lesson;
              const kind = kindOf(lesson);
              const title = `${times.clock(lesson.startsAt)} · ${lessonWords("lesson", { subject, student })}`;
              return (
                <TileMark
                  key={lesson.sessionId}
                  {...{ kind, to, title, from: lesson.from, isOpen: lesson.isOpen }}
                />
              );
            })}
          </span>
          <VisuallyHidden>
            {countKinds(lessons.map((lesson) => ({ kind: kindOf(lesson) })))
              .map(({ kind, count }) => legend(kind, { count }))
              .join(", ")}
          </VisuallyHidden>
        </td>
      ))}
    </tr>
  );
  return (
    // With large text it scrolls; browsers let keys reach what does.
    <div className={classes.scroller}>
      <table className={classes.week}>
        <Text component="caption" size="xs" c="dimmed">
          {words("caption")}
        </Text>
        <thead>
          <tr>
            <td />
            {[...days].map(([day, [first]]) => (
              <th key={day} scope="col">
                {first ? times.weekday(first.startsAt) : null}
                <span className={classes.date}>
                  {first ? times.shortDay(first.startsAt) : null}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {row("now", () => "before")}
          {row("after", ({ becomes }) => kinds[becomes])}
        </tbody>
      </table>
    </div>
  );
}
