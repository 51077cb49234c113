import { VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";

/** A skeleton with the word for those who don't see it. */
export function Loading({ children }: { children: ReactNode }) {
  const words = useTranslations("shell");
  return (
    <div role="status">
      <VisuallyHidden>{words("loading")}</VisuallyHidden>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}
