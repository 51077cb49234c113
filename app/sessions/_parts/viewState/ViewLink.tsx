"use client";
import { Button } from "@mantine/core";
import type { MouseEvent, ReactNode, Ref } from "react";
import { useViewState } from "./useViewState.ts";
import type { ViewState } from "./viewState.ts";

interface Props {
  change: Partial<ViewState>;
  children: ReactNode;
  /** Where the content is a picture. */
  label?: string;
  /** The shortcut that does the same. */
  keys?: string;
  isCurrent?: boolean;
  ref?: Ref<HTMLAnchorElement>;
}

/** A link to another look at the page: followed without a request, and as good in a new tab. */
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
