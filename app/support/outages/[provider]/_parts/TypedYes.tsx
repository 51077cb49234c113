import { Button, Stack, TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { LiveForm } from "#components/LiveForm.tsx";
import classes from "./Outage.module.css";

interface Props {
  path: string;
  label: string;
  action: string;
  color?: string;
}

/** Sends a typed yes: what it does reaches many people, and none of it can be taken back. */
export function TypedYes({ path, label, action, color }: Props) {
  const router = useRouter();
  const { busy, problem, send, at } = useCall();
  const [yes, setYes] = useState("");
  async function submit(event: FormEvent) {
    event.preventDefault();
    const answer = await send("POST", path, { yes: yes.trim().toLowerCase() });
    if (!answer.ok) return;
    setYes("");
    router.refresh();
  }
  return (
    <LiveForm onSubmit={submit}>
      <Stack gap="sm">
        <FormError>{problem && problem.field !== "yes" ? problem.sentence : null}</FormError>
        <div className={classes.yes}>
          <TextInput
            label={label}
            value={yes}
            onChange={(event) => setYes(event.currentTarget.value)}
            error={at("yes")}
            autoComplete="off"
            autoCapitalize="none"
          />
          <Button type="submit" loading={busy} {...(color && { color })}>
            {action}
          </Button>
        </div>
      </Stack>
    </LiveForm>
  );
}
