"use client";
import { Button, Group, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";

interface Props {
  email: string;
  isConfirmed: boolean;
  /** The address that was asked and hasn't answered yet. */
  waiting: string | null;
  /** Why no mail arrives at the present one; null where it does. */
  refused: string | null;
}

const empty = { email: "", password: "" };

export function AddressForm(props: Props) {
  const words = useTranslations("settings.address");
  const account = useTranslations("account");
  const { busy, problem, send, at } = useCall();
  const [values, setValues] = useState(empty);
  const [asked, setAsked] = useState(props.waiting);
  const keeping = useCall();

  async function submit(event: FormEvent) {
    event.preventDefault();
    const email = values.email.trim();
    const answer = await send("POST", "/api/account/change-address", { ...values, email });
    if (!answer.ok) return;
    setAsked(email.toLowerCase() === props.email ? null : email);
    setValues(empty);
  }

  async function keep() {
    const answer = await keeping.send("POST", "/api/account/keep-address");
    if (answer.ok) setAsked(null);
  }

  const isAtField = problem?.field && problem.field in values;
  return (
    <LiveForm onSubmit={submit}>
      <Stack gap="sm">
        <Title order={3}>{words("title")}</Title>
        <Text style={{ overflowWrap: "anywhere" }}>
          {props.email}{" "}
          <Text span size="sm" c={props.isConfirmed ? "var(--segue-good)" : "var(--segue-wait)"}>
            {words(props.isConfirmed ? "confirmed" : "unconfirmed")}
          </Text>
        </Text>
        {props.refused ? (
          <Text size="sm" c="var(--segue-wait)" style={{ overflowWrap: "anywhere" }}>
            {account("refusedAddress", { email: props.email, detail: props.refused })}{" "}
            {words("refused")}
          </Text>
        ) : null}
        <FormError>{problem && !isAtField ? problem.sentence : null}</FormError>
        <TextInput
          label={words("new")}
          type="email"
          autoComplete="email"
          required
          withAsterisk={false}
          value={values.email}
          onChange={({ currentTarget: { value } }) => setValues({ ...values, email: value })}
          error={at("email")}
        />
        <PasswordInput
          label={account("password")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={values.password}
          onChange={({ currentTarget: { value } }) => setValues({ ...values, password: value })}
          error={at("password")}
        />
        <Group>
          <Button type="submit" variant="default" loading={busy}>
            {words("submit")}
          </Button>
        </Group>
        <Text role="status" size="sm" style={{ overflowWrap: "anywhere" }}>
          {asked ? words("asked", { email: asked }) : ""}
        </Text>
        <FormError>{keeping.problem?.sentence ?? null}</FormError>
        {asked ? (
          <Group>
            <Button variant="default" loading={keeping.busy} onClick={keep}>
              {words("keep")}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </LiveForm>
  );
}
