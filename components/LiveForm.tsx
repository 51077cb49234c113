"use client";
import { type FormEvent, type ReactNode, useSyncExternalStore } from "react";

interface Props {
  onSubmit: (event: FormEvent) => void;
  children: ReactNode;
}

const never = () => () => undefined;

/**
 * A form that takes input only once its script runs: what is typed before that would be lost, and
 * what is sent before that would put a password into the address.
 */
export function LiveForm({ onSubmit, children }: Props) {
  const isLive = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <form onSubmit={onSubmit} method="post" noValidate>
      <fieldset disabled={!isLive} className="live-form">
        {children}
      </fieldset>
    </form>
  );
}
