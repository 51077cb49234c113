"use client";
import { Button, Paper, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import classes from "./Support.module.css";

const SHORT_LIST = 8;

interface Props {
  id: string;
  title: string;
  /** Shown instead of a list without rows. */
  empty: string;
  children: ReactNode[];
}

/** A list with its heading, which at first shows only its beginning. */
export function Section({ id, title, empty, children }: Props) {
  const words = useTranslations("support.list");
  const [all, { toggle }] = useDisclosure();
  const count = children.length;
  return (
    <section aria-labelledby={id}>
      <Title order={2} id={id} mb="xs">
        {title}
      </Title>
      {count === 0 ? (
        <Text c="dimmed">{empty}</Text>
      ) : (
        <Paper px="lg">
          <ul className={classes.list}>{all ? children : children.slice(0, SHORT_LIST)}</ul>
        </Paper>
      )}
      {count > SHORT_LIST ? (
        <Button variant="subtle" mt="xs" onClick={toggle} aria-expanded={all}>
          {all ? words("fewer") : words("more", { count })}
        </Button>
      ) : null}
    </section>
  );
}
