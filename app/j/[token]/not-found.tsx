import { IconLinkOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Empty } from "#components/Empty.tsx";

export default function NoDoor() {
  const words = useTranslations("door");
  return (
    <Empty
      icon={<IconLinkOff size={28} aria-hidden />}
      isPage
      title={words("gone")}
      text={words("goneText")}
    />
  );
}
