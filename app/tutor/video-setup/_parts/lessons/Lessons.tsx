"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import { useNow } from "#components/time/useNow.ts";
import type { MigrationDetail } from "#lib/services/switching/views.ts";
import { MigrationRow } from "./MigrationRow.tsx";
import { byNeed, needsSomebody } from "./need.ts";

const SHORT_LIST = 8;

interface Props {
  migration: MigrationDetail;
  /** Whether only lessons that need somebody are shown at first, because the others are seen elsewhere. */
  folded?: boolean;
}

/** The lessons of a migration: those that need somebody first, then by time. */
export function Lessons({ migration, folded = false }: Props) {
  const words = useTranslations("migrations");
  const now = useNow();
  const [all, { toggle }] = useDisclosure();
  const sessions = byNeed(migration.sessions, now);
  const first = folded ? sessions.filter((session) => needsSomebody(session, now)) : sessions;
  const short = first.slice(0, SHORT_LIST);
  const shown = all ? sessions : short;
  return (
    <>
      {shown.length > 0 ? (
        <ul className={classes.lessons}>
          {shown.map((session) => (
            <MigrationRow key={session.sessionId} migration={migration} session={session} />
          ))}
        </ul>
      ) : null}
      {sessions.length > short.length ? (
        <Button variant="subtle" size="sm" mt="xs" ml={-12} onClick={toggle} aria-expanded={all}>
          {all ? words("showFewer") : words("showAll", { count: sessions.length })}
        </Button>
      ) : null}
    </>
  );
}
