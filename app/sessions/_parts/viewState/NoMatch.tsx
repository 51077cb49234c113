"use client";
import { Button, Group } from "@mantine/core";
import { IconFilterOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Empty } from "#components/Empty.tsx";
import { useViewState } from "./useViewState.ts";

interface Props {
  /** How many lessons match on the other tab, upcoming or past, and which tab that is. */
  elsewhere: number;
  there: "upcoming" | "past";
}

/** Shown when the filters match nothing. Says where there are matches, or how to see all lessons again. */
export function NoMatch({ elsewhere, there }: Props) {
  const words = useTranslations("sessions.filter");
  const { go, hasAll } = useViewState();
  const count = { count: elsewhere };
  return (
    <Empty
      icon={<IconFilterOff size={28} aria-hidden />}
      title={words("none.title")}
      text={
        elsewhere > 0 ? words("none.text", count) : words(hasAll ? "none.nowhere" : "none.notHere")
      }
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
