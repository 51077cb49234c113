import type { Metadata } from "next";
import { TextLink } from "#components/ButtonLink.tsx";
import { accountWords } from "#components/words/account.ts";
import { AccountCard } from "../_parts/AccountCard.tsx";
import { ForgotForm } from "../_parts/ForgotForm.tsx";

const words = accountWords.forgot;

export const metadata: Metadata = { title: words.title };

export default function ForgotPasswordPage() {
  return (
    <AccountCard title={words.title}>
      <ForgotForm />
      <TextLink href="/sign-in" size="sm" ta="center">
        {words.back}
      </TextLink>
    </AccountCard>
  );
}
