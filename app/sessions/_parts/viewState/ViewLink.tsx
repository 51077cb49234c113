"use client";
import { Button } from "@mantine/core";
import type { MouseEvent, ReactNode, Ref } from "react";
import { useViewState } from "./useViewState.ts";
import type { ViewState } from "./viewState.ts";

interface Props {
  change: Partial<ViewState>;
  children: ReactNode;
  /** The link's name if its content is an icon. */
  label?: string;
  /** The keyboard shortcut that does the same. */
  keys?: string;
  isCurrent?: boolean;
  ref?: Ref<HTMLAnchorElement>;
}

/** A link to another view of the page. It is followed without a request, and works in a new tab too. */
export function ViewLink({ change, children, label, keys, isCurrent, ...rest }: Props) {
  const { href, go } = useViewState();
  function follow(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(change);
  }
  return (
    <Button
      {...rest}
      component="a"
      href={href(change)}
      onClick={follow}
      variant="default"
      size="xs"
      px={label ? 8 : "sm"}
      aria-label={label}
      aria-keyshortcuts={keys}
      aria-current={isCurrent ? "date" : undefined}
    >
      {children}
    </Button>
  );
}
