import { IconHourglass, IconPencil, IconUserQuestion } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { Empty } from "#components/Empty.tsx";
import type { Found } from "#lib/services/support/searchTutors.ts";

/** A title that repeats more than this of what was written would be all that one sees. */
const MOST_REPEATED = 60;

/** With a word more, the search would be one. */
export function TooShort() {
  const words = useTranslations("support.search");
  return <Nothing icon={IconPencil} title={words("short")} text={words("shortText")} />;
}

export function NobodyFound({ who, asked }: { who: string; asked: Found["asked"] }) {
  const words = useTranslations("support.search");
  if (asked === "id") {
    return <Nothing icon={IconUserQuestion} title={words("noneId")} text={words("noneIdText")} />;
  }
  const repeated = who.length > MOST_REPEATED ? `${who.slice(0, MOST_REPEATED)}…` : who;
  return (
    <Nothing
      icon={IconUserQuestion}
      title={words("none", { who: repeated })}
      text={words("noneText")}
    />
  );
}

/** @param sentence says until when */
export function TooOften({ sentence }: { sentence: string }) {
  const words = useTranslations("support.search");
  return <Nothing icon={IconHourglass} title={words("often")} text={sentence} />;
}

interface Props {
  icon: typeof IconPencil;
  title: string;
  text: string;
}

function Nothing({ icon: Icon, title, text }: Props) {
  const words = useTranslations("support.search");
  return (
    <Empty
      icon={<Icon size={28} aria-hidden />}
      title={title}
      text={text}
      action={
        <ButtonLink href="/support" variant="default">
          {words("back")}
        </ButtonLink>
      }
    />
  );
}
