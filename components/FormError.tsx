import { Alert } from "@mantine/core";
import { IconAlertCircle } from "@tabler/icons-react";

export function FormError({ children }: { children: string | null }) {
  if (children === null) return null;
  return (
    <Alert color="red" icon={<IconAlertCircle aria-hidden />}>
      {children}
    </Alert>
  );
}
