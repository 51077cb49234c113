"use client";
import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFilter } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useIsLive } from "#components/useIsLive.ts";
import { useViewState } from "./useViewState.ts";
import { isFiltered } from "./viewState.ts";

const Filters = dynamic(() => import("./Filters.tsx").then((file) => file.Filters));

/** Few people need filters, so they stay away until they are asked for, or are in the address already. */
export function FilterToggle() {
  const words = useTranslations("sessions.filter");
  const { viewState, go } = useViewState();
  const [isWanted, { toggle, close }] = useDisclosure();
  const isLive = useIsLive();
  const filtered = isFiltered(viewState);
  const isOpen = isWanted || filtered;

  function press() {
    if (!filtered) return toggle();
    close();
    go({ provider: null, state: null });
  }

  return (
    <Group mb="lg" gap="xs">
      <Button
        size="xs"
        variant={isOpen ? "light" : "default"}
        leftSection={<IconFilter size={14} aria-hidden />}
        aria-expanded={isOpen}
        disabled={!isLive}
        onClick={press}
      >
        {words("label")}
      </Button>
      {isOpen ? <Filters /> : null}
    </Group>
  );
}
