"use client";
import { Button, Group, Radio, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import type { QuestionView } from "#lib/services/asking/answer.ts";

/**
 * Mail filters open this page in a browser, run its script and press what looks like a button. So nothing
 * here is chosen, nothing is sent but by "Send", and the choices are radio inputs: the kit's cards would be
 * buttons, which such a filter presses too.
 */
export function AnswerForm(props: { token: string; question: QuestionView }) {
  const words = useTranslations("asked");
  const { busy, problem, send } = useCall();
  const [question, setQuestion] = useState(props.question);
  const [answer, setAnswer] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const [isDone, setIsDone] = useState(false);
  const { asker, holds, kind } = question;
  const isOver = asker === null || holds === "ended";

  const choose = (value: string) => {
    setAnswer(value);
    setIsMissing(false);
    setIsDone(false);
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    setIsDone(false);
    setIsMissing(answer === "");
    if (answer === "") return;
    const path = `/api/asked/${encodeURIComponent(props.token)}`;
    const given = await send<QuestionView>("POST", path, { answer });
    if (!given.ok) return;
    setQuestion(given.data);
    setIsDone(true);
  }

  return (
    <>
      <Text fw={600} role="status">
        {isDone ? `${words("done")} ` : ""}
        {holds === "never" ? words("holdsNever") : words(`of.${kind}.${holds}`)}
      </Text>
      <LiveForm onSubmit={submit}>
        <Stack>
          <FormError>{problem ? problem.sentence : null}</FormError>
          <Radio.Group
            label={words("label")}
            value={answer}
            onChange={choose}
            error={isMissing ? words("missing") : null}
          >
            <Stack gap="sm" mt="xs" mb="xs">
              <Radio
                value="yes"
                label={isOver ? words("mayAsk") : words(`of.${kind}.sayYes`)}
                description={isOver ? words("mayAskHint") : words("yesHint", { asker })}
                aria-invalid={isMissing}
              />
              <Radio
                value="never"
                label={words("never")}
                description={words("neverHint")}
                aria-invalid={isMissing}
              />
            </Stack>
          </Radio.Group>
          <Group>
            <Button type="submit" loading={busy}>
              {words("send")}
            </Button>
          </Group>
        </Stack>
      </LiveForm>
    </>
  );
}
