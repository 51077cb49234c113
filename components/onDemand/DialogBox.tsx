"use client";
import { Modal, type ModalProps } from "@mantine/core";
import { useMounted } from "@mantine/hooks";

/** Not open from its first moment: the kit gives the focus back only where it has seen itself open. */
export function DialogBox({ opened, ...props }: ModalProps) {
  const mounted = useMounted();
  return <Modal opened={opened && mounted} {...props} />;
}
