"use client";
import { Button, Group } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Empty } from "#components/Empty.tsx";
import { useViewState } from "./useViewState.ts";

interface Props {
  /** How many match on the other side of now, and where that is. */
  elsewhere: number;
  there: "upcoming" | "past";
}

/** Filters that leave nothing: where there is something, or how to see all again. */
export function NoMatch({ elsewhere, there }: Props) {
  const words = useTranslations("sessions.filter");
  const { go } = useViewState();
  const count = { count: elsewhere };
  return (
    <Empty
      icon={<IconFilterOff size={28} aria-hidden />}
      title={words("none.title")}
      text={elsewhere > 0 ? words("none.text", count) : words("none.nowhere")}
      action={
        <Group justify="center">
          {elsewhere > 0 ? (
            <Button onClick={() => go({ view: there })}>{words(`none.${there}`, count)}</Button>
          ) : null}
          <Button variant="default" onClick={() => go({ provider: null, state: null })}>
            {words("clear")}
          </Button>
        </Group>
      }
    />
  );
}
