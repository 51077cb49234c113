"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/useCall.ts";
import { videoSetupWords as words } from "#components/words/videoSetup.ts";

export function DisconnectButton({ label, count }: { label: string; count: number }) {
  const router = useRouter();
  const [opened, { open, close }] = useDisclosure();
  const { busy, problem, send } = useCall();

  async function disconnect() {
    const answer = await send("DELETE", "/api/connection");
    if (!answer.ok) return;
    close();
    // The address may still hold the result of connecting.
    router.replace("/tutor/video-setup");
    router.refresh();
  }

  return (
    <>
      <Button variant="subtle" color="gray" onClick={open}>
        {words.disconnect}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={words.disconnectAsk(label)}
        action={words.disconnectAction(label)}
        busy={busy}
        problem={problem?.sentence ?? null}
        onConfirm={disconnect}
      >
        {words.disconnectText(label, count)}
      </Confirm>
    </>
  );
}
