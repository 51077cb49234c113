"use client";
import { Alert } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";
import { useEffect, useRef } from "react";

/** What is wrong with a form as a whole. It stands above the form, so it is brought into view from its button. */
export function FormError({ children }: { children: string | null }) {
  const alert = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (children !== null) alert.current?.scrollIntoView({ block: "nearest" });
  }, [children]);
  if (children === null) return null;
  return (
    <Alert ref={alert} color="red" icon={<IconAlertCircle aria-hidden />}>
      {children}
    </Alert>
  );
}
