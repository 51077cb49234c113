"use client";
import { Button, Text } from "@mantine/core";
import { IconChecklist } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import classes from "#app/tutor/video-setup/_parts/VideoSetup.module.css";
import { useCall } from "#components/calls/useCall.ts";
import { Tip } from "#components/onDemand/Tip.tsx";
import type { LinkCheck } from "#lib/services/drift/views.ts";
import type { ConnectionView } from "#lib/services/switching/views.ts";

interface Props {
  connection: ConnectionView;
  /** What it says where the connection is dead: the provider can't be asked before it is renewed. */
  dead: string | null;
}

/** Checks every future room with the provider, and says the result in words. */
export function CheckLinks({ connection, dead }: Props) {
  const words = useTranslations("videoSetup.check");
  const router = useRouter();
  const [result, setResult] = useState<LinkCheck | null>(null);
  const { busy, problem, send } = useCall();

  async function check() {
    setResult(null);
    const answer = await send<LinkCheck>("POST", "/api/connection/check");
    if (!answer.ok) return;
    setResult(answer.data);
    router.refresh();
  }

  return (
    <>
      <Tip label={dead ?? words("hint")}>
        <Button
          variant="default"
          leftSection={<IconChecklist size={18} aria-hidden />}
          loading={busy}
          disabled={dead !== null}
          onClick={check}
        >
          {words("action")}
        </Button>
      </Tip>
      <Text
        role="status"
        size="sm"
        className={classes.checked}
        c={problem ? "var(--segue-bad)" : undefined}
      >
        {problem?.sentence ?? (result ? inWords(words, result, connection) : "")}
      </Text>
    </>
  );
}

function inWords(
  words: ReturnType<typeof useTranslations<"videoSetup.check">>,
  result: LinkCheck,
  { status, label: provider }: ConnectionView,
): string {
  const { checked, strays } = result;
  const said = (what: "gone" | "differs" | "unknown") =>
    what === "unknown" && status === "needs_reconnect" ? "dead" : what;
  const troubles = (["gone", "differs", "unknown"] as const).flatMap((what) =>
    result[what] > 0 ? words(said(what), { count: result[what], provider }) : [],
  );
  const found = troubles.length === 0 ? [words("fine", { checked })] : [];
  const rooms = troubles.length > 0 ? [words("checked", { checked }), ...troubles] : found;
  return [
    ...(checked === 0 ? [words("none")] : rooms),
    ...(strays > 0 ? [words("strays", { count: strays })] : []),
  ].join(" ");
}
