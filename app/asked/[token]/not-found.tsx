import { IconMailQuestion } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Empty } from "#components/Empty.tsx";

/** The same for every link that was never mailed, whatever is wrong with it. */
export default function NoQuestion() {
  const words = useTranslations("asked");
  return (
    <Empty
      icon={<IconMailQuestion size={28} aria-hidden />}
      isPage
      title={words("unknown")}
      text={words("unknownText")}
    />
  );
}
