import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { shellWords } from "./words/shell.ts";

/** A skeleton with the word for those who don't see it. */
export function Loading({ children }: { children: ReactNode }) {
  return (
    <div role="status">
      <VisuallyHidden>{shellWords.loading}</VisuallyHidden>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}
