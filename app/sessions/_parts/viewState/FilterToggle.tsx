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
  const { viewState } = useViewState();
  const [isWanted, { toggle }] = useDisclosure();
  const isLive = useIsLive();
  // What is filtered says so, and how to end it.
  const isFixed = isFiltered(viewState);
  return (
    <Group mb="lg" gap="xs">
      {isFixed ? null : (
        <Button
          size="xs"
          variant={isWanted ? "light" : "default"}
          leftSection={<IconFilter size={14} aria-hidden />}
          aria-expanded={isWanted}
          disabled={!isLive}
          onClick={toggle}
        >
          {words("label")}
        </Button>
      )}
      {isFixed || isWanted ? <Filters /> : null}
    </Group>
  );
}
