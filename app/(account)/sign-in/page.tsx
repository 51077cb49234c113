import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { TextLink } from "#components/ButtonLink.tsx";
import type { WithQuery } from "#components/query.ts";
import { returnTo, withReturn } from "#components/returnTo.ts";
import { visitor } from "#server/page.ts";
import { AccountCard } from "../_parts/AccountCard.tsx";
import { LinkInstead } from "../_parts/LinkInstead.tsx";
import { SignInForm } from "../_parts/SignInForm.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("account.signIn");
  return { title: words("title") };
}

export default async function SignInPage({ searchParams }: WithQuery) {
  const query = await searchParams;
  const leadsTo = returnTo(query.returnTo);
  if (await visitor()) redirect(leadsTo);
  const words = await getTranslations("account.signIn");
  const shell = await getTranslations("shell");
  const goesOn = leadsTo === "/" ? null : words("continue");
  // An old link to a lesson led here. Who has no password has to get in all the same.
  const [, lesson] = /^\/sessions\/([^/?]+)\/join$/.exec(leadsTo) ?? [];
  const hint = query.reset === "done" ? words("reset") : goesOn;
  return (
    <AccountCard title={words("title")}>
      {hint ? <Text c="dimmed">{hint}</Text> : null}
      <SignInForm leadsTo={leadsTo} />
      {lesson === undefined ? null : <LinkInstead sessionId={lesson} />}
      <Text size="sm" ta="center">
        {words("toSignUp")}{" "}
        <TextLink href={withReturn("/sign-up", leadsTo)}>{shell("createAccount")}</TextLink>
      </Text>
    </AccountCard>
  );
}
