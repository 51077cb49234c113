"use client";
import { useRouter } from "next/navigation";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/calls/useCall.ts";
import { notify } from "#components/onDemand/notify.ts";

interface Props {
  path: string;
  title: string;
  text: string;
  action: string;
  /** The message shown afterwards. */
  done: string;
  opened: boolean;
  onClose: () => void;
}

/** Asks for a confirmation, then does one thing to one lesson. */
export function ChangeLesson({ path, title, text, action, done, opened, onClose }: Props) {
  const router = useRouter();
  const { busy, problem, send } = useCall();

  async function confirm() {
    const answer = await send("POST", path);
    if (!answer.ok) return;
    onClose();
    void notify(done);
    router.refresh();
  }

  return (
    <Confirm
      opened={opened}
      onClose={onClose}
      title={title}
      action={action}
      busy={busy}
      problem={problem?.sentence ?? null}
      onConfirm={confirm}
    >
      {text}
    </Confirm>
  );
}
