"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import type { MigrationDetail } from "#lib/services/switching/views.ts";
import { MigrationRow } from "./MigrationRow.tsx";

const SHORT_LIST = 8;

/** Each lesson of a migration, soonest first. */
export function Lessons({ migration }: { migration: MigrationDetail }) {
  const words = useTranslations("migrations");
  const [all, { toggle }] = useDisclosure();
  const { sessions } = migration;
  const shown = all ? sessions : sessions.slice(0, SHORT_LIST);
  return (
    <>
      <ul className={classes.lessons}>
        {shown.map((session) => (
          <MigrationRow key={session.sessionId} migration={migration} session={session} />
        ))}
      </ul>
      {sessions.length > SHORT_LIST ? (
        <Button variant="subtle" fullWidth mt="xs" onClick={toggle} aria-expanded={all}>
          {all ? words("showFewer") : words("showAll", { count: sessions.length })}
        </Button>
      ) : null}
    </>
  );
}
