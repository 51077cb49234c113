"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/calls/useCall.ts";

export function DisconnectButton({ label, count }: { label: string; count: number }) {
  const words = useTranslations("videoSetup");
  const router = useRouter();
  const [opened, { open, close }] = useDisclosure();
  const { busy, problem, send } = useCall();

  async function disconnect() {
    const answer = await send("DELETE", "/api/connection");
    if (!answer.ok) return;
    close();
    // The address may still hold the outcome of connecting.
    router.replace("/tutor/video-setup");
    router.refresh();
  }

  return (
    <>
      <Button variant="subtle" color="gray" onClick={open}>
        {words("disconnect")}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={words("disconnectAsk", { provider: label })}
        action={words("disconnectAction", { provider: label })}
        busy={busy}
        problem={problem?.sentence ?? null}
        onConfirm={disconnect}
      >
        {words("disconnectText", { count })}
      </Confirm>
    </>
  );
}
