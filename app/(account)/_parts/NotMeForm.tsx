"use client";
import { Button, Radio, RadioGroup, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";

export function NotMeForm({ token, email }: { token: string; email: string }) {
  const words = useTranslations("account.notMe");
  const { busy, problem, send } = useCall();
  const [answer, setAnswer] = useState<string | null>(null);
  const [isEmpty, setEmpty] = useState(false);
  const [done, setDone] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setEmpty(answer === null);
    if (answer === null) return;
    setDone((await send("POST", "/api/account/disown", { token, answer })).ok);
  }

  if (done) {
    return (
      <Text role="status" style={{ overflowWrap: "anywhere" }}>
        {answer === "keep" ? words("kept") : words("deleted", { email })}
      </Text>
    );
  }
  return (
    <LiveForm onSubmit={submit}>
      <Stack>
        <FormError>{problem?.sentence ?? null}</FormError>
        <RadioGroup
          aria-label={words("title")}
          value={answer}
          onChange={setAnswer}
          error={isEmpty && answer === null ? words("choose") : null}
        >
          <Stack gap="sm" mb="xs">
            <Radio value="delete" label={words("delete")} />
            <Radio value="keep" label={words("keep")} />
          </Stack>
        </RadioGroup>
        <Button type="submit" loading={busy} fullWidth>
          {words("submit")}
        </Button>
      </Stack>
    </LiveForm>
  );
}
