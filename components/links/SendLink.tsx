"use client";
import { Button, type ButtonProps, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";

interface Props extends Pick<ButtonProps, "variant" | "fullWidth"> {
  path: string;
  label: string;
}

/** Has a personal link mailed. What it says afterwards doesn't tell whether anybody was mailed. */
export function SendLink({ path, label, ...look }: Props) {
  const words = useTranslations("door");
  const { busy, problem, send } = useCall();
  const [isSent, setSent] = useState(false);
  return (
    <div>
      <FormError>{problem?.sentence ?? null}</FormError>
      <div role="status">{isSent ? <Text fw={600}>{words("sent")}</Text> : null}</div>
      {isSent ? null : (
        <Button
          loading={busy}
          onClick={async () => {
            if ((await send("POST", path)).ok) setSent(true);
          }}
          {...look}
        >
          {label}
        </Button>
      )}
    </div>
  );
}
