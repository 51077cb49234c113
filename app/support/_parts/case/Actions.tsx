"use client";
import { Alert, Button, Group, Stack } from "@mantine/core";
import { IconLink, IconRefresh } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTeller } from "#app/support/_parts/useTeller.ts";
import { Confirm } from "#components/Confirm.tsx";
import { useCall } from "#components/calls/useCall.ts";
import { stillFailed } from "#lib/records/migrations/rules.ts";
import type { SupportCheck, TutorReport } from "#lib/services/support/views.ts";
import type { MigrationResult } from "#lib/services/switching/views.ts";
import { todoOf, wholeSentence } from "#server/support/sentences.ts";

type Action = "check" | "retry";

/** What support can do on a tutor's behalf, each after a confirmation. Without a connection there is nothing. */
export function Actions({ report }: { report: TutorReport }) {
  const { connection } = report;
  return connection && connection.status !== "disconnected" ? (
    <Buttons report={report} connection={connection} />
  ) : null;
}

interface Props {
  report: TutorReport;
  connection: NonNullable<TutorReport["connection"]>;
}

function Buttons({ report: { tutor, migrations }, connection }: Props) {
  const router = useRouter();
  const teller = useTeller();
  const { words } = teller;
  const provider = teller.label(connection.provider);
  const failed = migrations[0] ? stillFailed(migrations[0]) : 0;
  const [asking, setAsking] = useState<Action | null>(null);
  const [said, setSaid] = useState<string[]>([]);
  const { busy, problem, send, forget } = useCall();
  const path = `/api/support/tutors/${tutor.id}`;
  const ask = (action: Action) => {
    forget();
    setAsking(action);
  };

  async function check() {
    const answer = await send<SupportCheck>("POST", `${path}/check`);
    if (!answer.ok) return;
    const { findings, ...counts } = answer.data;
    const found = findings.map((one) => `${wholeSentence(teller, one)} ${todoOf(teller, one)}`);
    tell([words("actions.checked", counts), ...found]);
  }

  async function retry() {
    const answer = await send<MigrationResult>("POST", `${path}/retry`);
    if (!answer.ok) return;
    const { migrated, total, running } = answer.data;
    const counts = { migrated, total, failed: answer.data.failed };
    tell([words("actions.retried", { ...counts, running: running ? "yes" : "no" })]);
  }

  function tell(sentences: string[]) {
    setAsking(null);
    setSaid(sentences);
    router.refresh();
  }

  return (
    <>
      <Group gap="xs" role="group" aria-label={words("actions.title")}>
        <Button
          variant="light"
          leftSection={<IconLink size={18} aria-hidden />}
          onClick={() => ask("check")}
        >
          {words("actions.check")}
        </Button>
        {failed > 0 && connection.status === "connected" ? (
          <Button
            variant="default"
            leftSection={<IconRefresh size={18} aria-hidden />}
            onClick={() => ask("retry")}
          >
            {words("actions.retry")}
          </Button>
        ) : null}
      </Group>
      {said.length > 0 ? (
        <Alert w="100%" variant="light" role="status">
          <Stack gap={4}>
            {said.map((sentence) => (
              <div key={sentence}>{sentence}</div>
            ))}
          </Stack>
        </Alert>
      ) : null}
      <Confirm
        opened={asking === "check"}
        onClose={() => setAsking(null)}
        title={words("actions.checkAsk", { name: tutor.name })}
        action={words("actions.checkAction", { name: tutor.name })}
        busy={busy}
        problem={problem?.sentence ?? null}
        onConfirm={check}
      >
        {words("actions.checkText")}
      </Confirm>
      <Confirm
        opened={asking === "retry"}
        onClose={() => setAsking(null)}
        title={words("actions.retryAsk", { count: failed, name: tutor.name })}
        action={words("actions.retryAction", { count: failed })}
        busy={busy}
        problem={problem?.sentence ?? null}
        onConfirm={retry}
      >
        {words("actions.retryText", { provider })}
      </Confirm>
    </>
  );
}
