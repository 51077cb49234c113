import { IconUserQuestion } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { Empty } from "#components/Empty.tsx";

export function NobodyFound({ who }: { who: string }) {
  const words = useTranslations("support.search");
  return (
    <Empty
      icon={<IconUserQuestion size={28} aria-hidden />}
      title={words("none", { who })}
      text={words("noneText")}
      action={
        <ButtonLink href="/support" variant="default">
          {words("back")}
        </ButtonLink>
      }
    />
  );
}
