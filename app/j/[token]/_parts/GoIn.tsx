"use client";
import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useCall } from "#components/calls/useCall.ts";
import { FormError } from "#components/FormError.tsx";
import { useIsLive } from "#components/useIsLive.ts";
import type { EnteredView } from "#lib/services/doors/views.ts";

interface Props {
  token: string;
  isAgain: boolean;
  /** The way in was asked for on this page already. */
  isInside: boolean;
  onEnter: (entered: EnteredView) => void;
}

/**
 * Asks for the way in, and follows it in this tab: browsers silently refuse a new one behind an answer that was
 * waited for. Where the room asks for a passcode, it is shown first.
 */
export function GoIn({ token, isAgain, isInside, onEnter }: Props) {
  const words = useTranslations("door");
  const isLive = useIsLive();
  const { busy, problem, send } = useCall();

  async function enter() {
    const path = `/j/${encodeURIComponent(token)}/enter`;
    const answer = await send<EnteredView>("POST", path);
    if (!answer.ok) return;
    onEnter(answer.data);
    if (answer.data.passcode === null) window.location.assign(answer.data.url);
  }

  return (
    <div>
      <FormError>{problem?.sentence ?? null}</FormError>
      <Button
        size="lg"
        fullWidth
        loading={busy}
        disabled={!isLive}
        variant={isInside ? "default" : "filled"}
        aria-describedby="lesson"
        onClick={enter}
      >
        {words(isAgain ? "again" : "enter")}
      </Button>
    </div>
  );
}
