"use client";
import { Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { MESSAGE_LENGTH } from "#lib/records/sessions/rules.ts";

export interface MessageProps {
  value: string;
  onChange: (text: string) => void;
  /** Who reads it; null while that isn't chosen. */
  reader: string | null;
  error?: string | null;
}

export function MessageBox({ value, onChange, reader, error = null }: MessageProps) {
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
