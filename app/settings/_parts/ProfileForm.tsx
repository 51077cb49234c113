"use client";
import { NativeSelect, Stack, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import { TimeZoneSelect } from "#components/time/TimeZoneSelect.tsx";
import type { Language } from "#lib/platform/words.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { SaveRow } from "./SaveRow.tsx";

const fields = ["name", "timeZone", "language", "clockHours"];

export function ProfileForm({ person, languages }: { person: Person; languages: Language[] }) {
  const words = useTranslations("settings");
  const account = useTranslations("account");
  const router = useRouter();
  const { busy, problem, send, at } = useCall();
  const [name, setName] = useState(person.name);
  const [timeZone, setTimeZone] = useState<string | null>(person.timeZone);
  const [language, setLanguage] = useState<string>(person.language);
  const [hours, setHours] = useState(person.clockHours);
  const [isNameless, setIsNameless] = useState(false);
  const [saved, setSaved] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setSaved(false);
    setIsNameless(name.trim() === "");
    if (name.trim() === "") return;
    const change = { name: name.trim(), timeZone, language, clockHours: hours };
    const answer = await send("PATCH", "/api/me", change);
    if (!answer.ok) return;
    setSaved(true);
    router.refresh();
  }

  const isAtField = problem?.field && fields.includes(problem.field);
  return (
    <LiveForm onSubmit={submit}>
      <Stack maw={440}>
        <FormError>{problem && !isAtField ? problem.sentence : null}</FormError>
        <TextInput
          label={account("name")}
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={isNameless ? account("missing.name") : at("name")}
        />
        <TimeZoneSelect value={timeZone} onChange={setTimeZone} error={at("timeZone")} />
        <NativeSelect
          label={words("language")}
          description={words("languageHint")}
          data={languages.map(({ id, name: label }) => ({ value: id, label }))}
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value)}
          error={at("language")}
        />
        <NativeSelect
          label={words("clockHours")}
          data={(["24", "12"] as const).map((value) => ({ value, label: words(`clock.${value}`) }))}
          value={`${hours}`}
          onChange={(event) => setHours(event.currentTarget.value === "12" ? 12 : 24)}
          error={at("clockHours")}
        />
        <SaveRow label={words("save")} busy={busy} said={saved ? words("saved") : ""} />
      </Stack>
    </LiveForm>
  );
}
