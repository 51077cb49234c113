"use client";
import { Tooltip } from "@mantine/core";

interface Props {
  /** The id of the text. The bubble around it has an id of the kit's own. */
  id: string;
  label: string;
  target: HTMLElement;
  opened: boolean;
}

export function TipBubble({ id, label, target, opened }: Props) {
  return <Tooltip target={target} opened={opened} label={<span id={id}>{label}</span>} />;
}
