import { IconMapOff } from "@tabler/icons-react";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { Empty } from "#components/Empty.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("shell.notFound");
  return { title: words("title") };
}

export default function NotFound() {
  const words = useTranslations("shell.notFound");
  return (
    <Empty
      icon={<IconMapOff size={28} aria-hidden />}
      isPage
      title={words("title")}
      text={words("text")}
      action={<ButtonLink href="/">{words("action")}</ButtonLink>}
    />
  );
}
