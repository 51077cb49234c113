"use client";
import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import Link from "next/link";
import type { ReactNode } from "react";
import { Pending } from "./Pending.tsx";

interface Target {
  href: string;
  /** Set to false where a page has many such links, or each would be requested before anybody follows it. */
  prefetch?: false;
  children: ReactNode;
}

/** A link that looks like a button. Server components can't pass `Link` to a Mantine component themselves. */
export const ButtonLink = ({ children, ...props }: ButtonProps & Target) => (
  <Button component={Link} {...props}>
    {children}
    <Pending />
  </Button>
);

export const TextLink = ({ children, ...props }: AnchorProps & Target) => (
  <Anchor component={Link} {...props}>
    {children}
    <Pending />
  </Anchor>
);
