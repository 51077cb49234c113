"use client";
import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { useIsLive } from "./useIsLive.ts";

interface Props {
  onSubmit: (event: FormEvent) => void;
  children: ReactNode;
}

/**
 * A form that takes input only once its script runs. Anything typed before that would be lost, and submitting
 * before that would put a password into the address. After a refusal the focus goes to the first input at
 * fault, so that its error is read out.
 */
export function LiveForm({ onSubmit, children }: Props) {
  const isLive = useIsLive();
  const form = useRef<HTMLFormElement>(null);
  const isAnswerDue = useRef(false);
  // Runs after every rendering, because the refusal comes with one of those that follow the submit.
  useEffect(() => {
    const atFault = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    if (!isAnswerDue.current || !atFault) return;
    isAnswerDue.current = false;
    atFault.focus();
  });
  const submit = (event: FormEvent) => {
    isAnswerDue.current = true;
    onSubmit(event);
  };
  return (
    <form ref={form} onSubmit={submit} method="post" noValidate>
      <fieldset disabled={!isLive} className="live-form">
        {children}
      </fieldset>
    </form>
  );
}
