"use client";
import { Button, Text } from "@mantine/core";
import { useDisclosure, useId } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import classes from "#app/support/_parts/Support.module.css";

const SHORT_LIST = 8;

interface Props {
  /** Where the fold's own title doesn't say what is listed. */
  caption?: string;
  children: ReactNode[];
}

/** A list that at first shows only its beginning; nothing where it has no rows. */
export function ShortList({ caption, children }: Props) {
  const words = useTranslations("support.list");
  const [all, { toggle }] = useDisclosure();
  const id = useId();
  const count = children.length;
  if (count === 0) return null;
  return (
    <div>
      {caption ? (
        <Text id={id} size="sm" c="dimmed" fw={600}>
          {caption}
        </Text>
      ) : null}
      <ul className={classes.list} aria-labelledby={caption ? id : undefined}>
        {all ? children : children.slice(0, SHORT_LIST)}
      </ul>
      {count > SHORT_LIST ? (
        <Button variant="subtle" mt="xs" onClick={toggle} aria-expanded={all}>
          {all ? words("fewer") : words("more", { count })}
        </Button>
      ) : null}
    </div>
  );
}
