"use client";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import type { OwnLinkForm as Form } from "./OwnLinkForm.tsx";
import { Dialog } from "./onDemand/Dialog.tsx";

const OwnLinkForm = dynamic(() => import("./OwnLinkForm.tsx").then((file) => file.OwnLinkForm));

interface Props extends ComponentProps<typeof Form> {
  lesson: string;
  opened: boolean;
}

/** The last resort that always works: a room that the tutor has made themselves. */
export function OwnLink({ lesson, opened, ...form }: Props) {
  const words = useTranslations("videoSetup.ownLink");
  return (
    <Dialog opened={opened} onClose={form.onClose} title={words("title", { lesson })}>
      <OwnLinkForm {...form} />
    </Dialog>
  );
}
