import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { FormError } from "#components/FormError.tsx";
import type { WithQuery } from "#components/query.ts";
import { mayReset } from "#lib/services/people/resetByMail.ts";
import { context } from "#server/page.ts";
import { AccountCard } from "../_parts/AccountCard.tsx";
import { ResetForm } from "../_parts/ResetForm.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("account.reset");
  // The address holds a secret, which must not be sent on to any other page.
  return { title: words("title"), referrer: "no-referrer" };
}

export default async function ResetPasswordPage({ searchParams }: WithQuery) {
  const { token } = await searchParams;
  const words = await getTranslations("account.reset");
  const isOpen = typeof token === "string" && (await mayReset(await context(), token));
  return (
    <AccountCard title={words("title")}>
      {isOpen ? (
        <ResetForm token={token} />
      ) : (
        <>
          <FormError>{words("expired")}</FormError>
          <ButtonLink href="/forgot-password">{words("again")}</ButtonLink>
        </>
      )}
    </AccountCard>
  );
}
