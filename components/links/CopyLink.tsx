"use client";
import { ActionIcon } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Tip } from "#components/onDemand/Tip.tsx";

interface Props {
  url: string;
  /** Says what is copied: "Copy the room’s address". */
  name: string;
}

/** A small button beside a link. */
export function CopyLink({ url, name }: Props) {
  const words = useTranslations("shell");
  const { copied, copy } = useClipboard();
  return (
    <Tip label={copied ? words("copied") : name}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        onClick={() => copy(url)}
        aria-label={name}
      >
        {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
      </ActionIcon>
    </Tip>
  );
}
