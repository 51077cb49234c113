"use client";
import { VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { shownStatus } from "#components/migrationStatus.ts";
import { stillFailed } from "#lib/records/migrations/rules.ts";
import type { MigrationView } from "#lib/services/switching/views.ts";
import { Announcements } from "./announcements.ts";

interface Props {
  migration: MigrationView | null;
  offline: boolean;
}

/** The page's one live region for changes. It is there before any begins, as screen readers need it to be. */
export function Announcer({ migration, offline }: Props) {
  const words = useTranslations("migrations");
  const [text, setText] = useState("");
  const announcements = useRef<Announcements>(null);
  /** What had ended when the page came is no news. */
  const known = useRef(migration?.status === "running" ? null : (migration?.id ?? null));
  const isRunning = migration?.status === "running";
  const sentence = offline && isRunning ? words("offline") : migration && told(words, migration);
  useEffect(() => {
    announcements.current ??= new Announcements(setText);
    if (isRunning) known.current = null;
    if (!sentence || known.current === migration?.id) return;
    announcements.current.say(sentence, !isRunning);
    if (!isRunning) known.current = migration?.id ?? null;
  }, [sentence, isRunning, migration?.id]);
  useEffect(() => () => announcements.current?.stop(), []);
  return <VisuallyHidden role="status">{text}</VisuallyHidden>;
}

type Words = ReturnType<typeof useTranslations<"migrations">>;

function told(words: Words, migration: MigrationView): string {
  const { kind, isRedo, status, moved, total } = migration;
  const isBack = kind === "undo" && !isRedo;
  const failed = stillFailed(migration);
  const numbers = words(isBack ? "announceBack" : "announce", { moved, total });
  if (status === "running") return moved === 0 ? "" : numbers;
  // That all have moved is what its numbers say already.
  if (isBack && status === "completed") return numbers;
  const failures = failed > 0 ? ` ${words("failedCount", { count: failed })}.` : "";
  return `${numbers}${failures} ${words(`status.${shownStatus(migration)}`)}.`;
}
