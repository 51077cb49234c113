"use client";
import { createContext, type ReactNode, use } from "react";

const Nonce = createContext("");

/** Gives the links to a consent what the server wants to see in them; see server/consent/beginNonce.ts. */
export function ConsentNonce({ value, children }: { value: string; children: ReactNode }) {
  return <Nonce value={value}>{children}</Nonce>;
}

export const useConsentNonce = (): string => use(Nonce);
