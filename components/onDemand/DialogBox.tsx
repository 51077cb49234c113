"use client";
import { Modal, type ModalProps } from "@mantine/core";
import { useMounted } from "@mantine/hooks";

/**
 * Not open from its first moment, so that it comes as it comes every later time. While it fades it can't take the focus:
 * the kit puts it into a dialog a moment after that has come, and somebody may have closed it by then.
 */
export function DialogBox({ opened, ...props }: ModalProps) {
  const mounted = useMounted();
  return <Modal opened={opened && mounted} inert={!opened} returnFocus={false} {...props} />;
}
