"use client";
import { Button, type ButtonProps, CopyButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { ReactNode } from "react";

interface Props extends ButtonProps {
  value: string;
  /** What the button says, before and after. */
  copy: ReactNode;
  copied: ReactNode;
  "aria-describedby"?: string;
}

export function CopyText({ value, copy, copied, ...button }: Props) {
  return (
    <CopyButton value={value}>
      {(state) => (
        <Button
          variant="default"
          {...button}
          onClick={state.copy}
          leftSection={
            state.copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
          }
        >
          {state.copied ? copied : copy}
        </Button>
      )}
    </CopyButton>
  );
}
