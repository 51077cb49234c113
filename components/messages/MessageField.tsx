"use client";
import { Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { MESSAGE_LENGTH } from "#lib/records/sessions/rules.ts";

interface Props {
  value: string;
  onChange: (text: string) => void;
  /** Who reads it; null while that isn't chosen. */
  reader: string | null;
  error?: string | null;
}

/** What somebody writes with a change. It can stay empty: see `messageOf`. */
export function MessageField({ value, onChange, reader, error = null }: Props) {
  const words = useTranslations("messages");
  return (
    <Textarea
      label={reader === null ? words("labelUnnamed") : words("label", { name: reader })}
      description={words("hint")}
      autosize
      minRows={2}
      maxRows={6}
      maxLength={MESSAGE_LENGTH}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}

/** As a request's body holds it: nothing, where nothing was written. */
export const messageOf = (text: string): { message?: string } =>
  text.trim() === "" ? {} : { message: text.trim() };
