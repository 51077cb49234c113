import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { TextLink } from "#components/ButtonLink.tsx";
import { AccountCard } from "../_parts/AccountCard.tsx";
import { ForgotForm } from "../_parts/ForgotForm.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("account.forgot");
  return { title: words("title") };
}

export default function ForgotPasswordPage() {
  const words = useTranslations("account.forgot");
  return (
    <AccountCard title={words("title")}>
      <ForgotForm />
      <TextLink href="/sign-in" size="sm" ta="center">
        {words("back")}
      </TextLink>
    </AccountCard>
  );
}
