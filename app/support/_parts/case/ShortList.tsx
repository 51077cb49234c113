"use client";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import classes from "#app/support/_parts/Support.module.css";

const SHORT_LIST = 8;

/** A list that at first shows only its beginning; nothing where it has no rows. */
export function ShortList({ children }: { children: ReactNode[] }) {
  const words = useTranslations("support.list");
  const [all, { toggle }] = useDisclosure();
  const count = children.length;
  if (count === 0) return null;
  return (
    <div>
      <ul className={classes.list}>{all ? children : children.slice(0, SHORT_LIST)}</ul>
      {count > SHORT_LIST ? (
        <Button variant="subtle" mt="xs" onClick={toggle} aria-expanded={all}>
          {all ? words("fewer") : words("more", { count })}
        </Button>
      ) : null}
    </div>
  );
}
