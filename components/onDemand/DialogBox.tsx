"use client";
import { Modal, type ModalProps } from "@mantine/core";
import { useMounted } from "@mantine/hooks";

/**
 * The dialog is closed in its first rendering, so that it opens the same way the first time as later. It is
 * inert while it fades out, because the kit moves the focus into a dialog a moment after it has opened, and
 * somebody may have closed it by then.
 */
export function DialogBox({ opened, ...props }: ModalProps) {
  const mounted = useMounted();
  return <Modal opened={opened && mounted} inert={!opened} returnFocus={false} {...props} />;
}
