"use client";
import { useTranslations } from "next-intl";
import { Failure } from "./_parts/Failure.tsx";

export default function ErrorPage(props: { error: unknown; retry: () => void }) {
  const words = useTranslations("shell.error");
  return (
    <Failure
      {...props}
      title={words("title")}
      text={words("text")}
      action={words("action")}
      reference={(digest) => words("reference", { digest })}
    />
  );
}
