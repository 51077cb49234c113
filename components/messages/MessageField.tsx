"use client";
import dynamic from "next/dynamic";
import type { MessageProps } from "./MessageBox.tsx";

const MessageBox = dynamic(() => import("./MessageBox.tsx").then((file) => file.MessageBox));

/** What somebody writes with a change. It can stay empty: see `messageOf`. Loaded where it is shown. */
export function MessageField(props: MessageProps) {
  return <MessageBox {...props} />;
}

/** As a request's body holds it: nothing, where nothing was written. */
export const messageOf = (text: string): { message?: string } =>
  text.trim() === "" ? {} : { message: text.trim() };
