import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { TextLink } from "#components/ButtonLink.tsx";
import type { WithQuery } from "#components/query.ts";
import { returnTo, withReturn } from "#components/returnTo.ts";
import { accountWords } from "#components/words/account.ts";
import { shellWords } from "#components/words/shell.ts";
import { visitor } from "#server/page.ts";
import { AccountCard } from "../_parts/AccountCard.tsx";
import { SignUpForm } from "../_parts/SignUpForm.tsx";

const words = accountWords.signUp;

export const metadata: Metadata = { title: words.title };

export default async function SignUpPage({ searchParams }: WithQuery) {
  const leadsTo = returnTo((await searchParams).returnTo);
  if (await visitor()) redirect(leadsTo);
  return (
    <AccountCard title={words.title}>
      <SignUpForm leadsTo={leadsTo} />
      <Text size="sm" ta="center">
        {words.toSignIn}{" "}
        <TextLink href={withReturn("/sign-in", leadsTo)}>{shellWords.signIn}</TextLink>
      </Text>
    </AccountCard>
  );
}
