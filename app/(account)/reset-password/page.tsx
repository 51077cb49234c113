import type { Metadata } from "next";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { FormError } from "#components/FormError.tsx";
import type { WithQuery } from "#components/query.ts";
import { accountWords } from "#components/words/account.ts";
import { AccountCard } from "../_parts/AccountCard.tsx";
import { ResetForm } from "../_parts/ResetForm.tsx";

const words = accountWords.reset;

// The address holds a secret: it must not travel on to any other page.
export const metadata: Metadata = { title: words.title, referrer: "no-referrer" };

export default async function ResetPasswordPage({ searchParams }: WithQuery) {
  const { token } = await searchParams;
  return (
    <AccountCard title={words.title}>
      {typeof token === "string" && token !== "" ? (
        <ResetForm token={token} />
      ) : (
        <>
          <FormError>{words.expired}</FormError>
          <ButtonLink href="/forgot-password">{words.again}</ButtonLink>
        </>
      )}
    </AccountCard>
  );
}
