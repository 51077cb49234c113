import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#components/ButtonLink.tsx";
import { FormError } from "#components/FormError.tsx";
import type { WithQuery } from "#components/query.ts";
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
  return (
    <AccountCard title={words("title")}>
      {typeof token === "string" && token !== "" ? (
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
