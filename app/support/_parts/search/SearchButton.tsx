"use client";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";

/** As with links, a bar along the top of the page says that the answer takes a moment. */
export function SearchButton({ children }: { children: ReactNode }) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit">
      {children}
      <span className="pending" data-pending={pending || undefined} aria-hidden />
    </Button>
  );
}
