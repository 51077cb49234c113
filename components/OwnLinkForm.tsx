"use client";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Problem } from "./calls/api.ts";
import { useSentence } from "./calls/useCall.ts";
import { LiveForm } from "./LiveForm.tsx";

interface Props {
  onClose: () => void;
  /** Saves the address, and what the room asks for besides it. @returns why it was refused, or null */
  save: (room: { url: string; passcode: string }) => Promise<Problem | null>;
}

export function OwnLinkForm({ onClose, save }: Props) {
  const words = useTranslations("videoSetup.ownLink");
  const shell = useTranslations("shell");
  const sentenceOf = useSentence();
  const [url, setUrl] = useState("");
  const [passcode, setPasscode] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    const refused = await save({ url, passcode });
    setBusy(false);
    if (refused) setProblem(refused);
    else onClose();
  }

  return (
    <LiveForm onSubmit={submit}>
      <Stack>
        <Text size="sm">{words("text")}</Text>
        <TextInput
          type="url"
          label={words("label")}
          placeholder="https://"
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
          error={problem && problem.field !== "passcode" ? sentenceOf(problem) : null}
          errorProps={{ role: "alert" }}
          // The dialog focuses `data-autofocus` when it opens. The first time, this input mounts only after
          // that, so `autoFocus` is needed too.
          autoFocus
          data-autofocus
        />
        <TextInput
          label={words("passcode")}
          description={words("passcodeHint")}
          value={passcode}
          maxLength={64}
          error={problem?.field === "passcode" ? sentenceOf(problem) : null}
          errorProps={{ role: "alert" }}
          autoComplete="off"
          onChange={(event) => setPasscode(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {shell("cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {words("save")}
          </Button>
        </Group>
      </Stack>
    </LiveForm>
  );
}
