import { Skeleton, VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";

export function HistoryLoading() {
  const words = useTranslations("sessions.history");
  return (
    <div role="status">
      <VisuallyHidden>{words("loading")}</VisuallyHidden>
      <Skeleton height={64} />
    </div>
  );
}
