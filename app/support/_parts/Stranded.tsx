import { Text } from "@mantine/core";
import type { TutorReport } from "#lib/services/support/views.ts";
import { Section } from "./Section.tsx";
import classes from "./Support.module.css";
import { useTeller } from "./useTeller.ts";

/** Rooms that nobody can delete any more. Most tutors have none, and then nothing is shown. */
export function Stranded({ rooms }: { rooms: TutorReport["stranded"] }) {
  const { words, label, when } = useTeller();
  if (rooms.length === 0) return null;
  return (
    <Section id="stranded" title={words("rooms.title")} empty="">
      {rooms.map(({ meetingId, provider, externalId, startsAt }) => (
        <li key={meetingId} className={classes.row}>
          <Text size="sm" className="figures">
            {words("rooms.row", {
              provider: label(provider),
              what: externalId ?? words("unknownId"),
              when: when(startsAt),
            })}
          </Text>
        </li>
      ))}
    </Section>
  );
}
