"use client";
import { Textarea } from "@mantine/core";

/** For browsers that don't let a page write to the clipboard. */
export const CopyByHand = ({ label, text }: { label: string; text: string }) => (
  <Textarea label={label} value={text} readOnly autosize mt="xs" />
);
