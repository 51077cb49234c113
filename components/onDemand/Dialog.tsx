"use client";
import type { ModalProps } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useLayer } from "../focus/useLayer.ts";

const DialogBox = dynamic(() => import("./DialogBox.tsx").then((file) => file.DialogBox));

/** The kit's dialog, loaded when it is first opened. */
export function Dialog(props: ModalProps) {
  useLayer(props.opened);
  const [wanted, setWanted] = useState(props.opened);
  if (props.opened && !wanted) setWanted(true);
  return wanted ? <DialogBox {...props} /> : null;
}
