"use client";
import { Button, Group, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useCall } from "#components/calls/useCall.ts";

/** Where each of them has something to see at once. */
const homes = { tutor: "/tutor/video-setup", student: "/sessions", support: "/support" } as const;
type Role = keyof typeof homes;
const roles = Object.keys(homes) as Role[];

/** While the demo runs on this machine, one press shows Segue as each of its people sees it. */
export function LookAround() {
  const words = useTranslations("welcome.demo");
  const { busy, problem, send } = useCall();
  const [chosen, setChosen] = useState<Role | null>(null);

  async function enter(as: Role) {
    setChosen(as);
    const answer = await send("POST", "/api/demo/enter", { as });
    // A whole load, so that nothing of the visitor before is left on the page.
    if (answer.ok) window.location.assign(homes[as]);
  }

  return (
    <div>
      <Text size="sm" c="dimmed" mb="xs">
        {words("title")}
      </Text>
      <Group gap="xs">
        {roles.map((role) => (
          <Button
            key={role}
            variant="light"
            disabled={busy}
            loading={busy && chosen === role}
            onClick={() => enter(role)}
          >
            {words(role)}
          </Button>
        ))}
      </Group>
      {problem ? (
        <Text role="alert" size="sm" mt="xs" c="var(--segue-bad)">
          {problem.sentence}
        </Text>
      ) : null}
    </div>
  );
}
