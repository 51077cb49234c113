import { IconMapOff } from "@tabler/icons-react";
import type { Metadata } from "next";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { Empty } from "#components/Empty.tsx";
import { shellWords } from "#components/words/shell.ts";

const words = shellWords.notFound;

export const metadata: Metadata = { title: words.title };

export default function NotFound() {
  return (
    <Empty
      icon={<IconMapOff size={28} aria-hidden />}
      isPage
      title={words.title}
      text={words.text}
      action={<ButtonLink href="/">{words.action}</ButtonLink>}
    />
  );
}
