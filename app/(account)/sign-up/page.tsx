import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { TextLink } from "#components/ButtonLink.tsx";
import type { WithQuery } from "#components/query.ts";
import { returnTo, withReturn } from "#components/returnTo.ts";
import { visitor } from "#server/page.ts";
import { AccountCard } from "../_parts/AccountCard.tsx";
import { SignUpForm } from "../_parts/SignUpForm.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("account.signUp");
  return { title: words("title") };
}

export default async function SignUpPage({ searchParams }: WithQuery) {
  const leadsTo = returnTo((await searchParams).returnTo);
  if (await visitor()) redirect(leadsTo);
  const words = await getTranslations("account.signUp");
  const shell = await getTranslations("shell");
  return (
    <AccountCard title={words("title")}>
      <SignUpForm leadsTo={leadsTo} />
      <Text size="sm" ta="center">
        {words("toSignIn")}{" "}
        <TextLink href={withReturn("/sign-in", leadsTo)} underline="always">
          {shell("signIn")}
        </TextLink>
      </Text>
    </AccountCard>
  );
}
