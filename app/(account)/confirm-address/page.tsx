import { Stack, Text } from "@mantine/core";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink, TextLink } from "#components/ButtonLink.tsx";
import { FormError } from "#components/FormError.tsx";
import type { WithQuery } from "#components/query.ts";
import { lookAtConfirmation } from "#lib/services/people/confirmAddress.ts";
import { context, visitor } from "#server/page.ts";
import { AccountCard } from "../_parts/AccountCard.tsx";
import { ConfirmForm } from "../_parts/ConfirmForm.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("account.confirm");
  // The address holds a secret, which must not be sent on to any other page.
  return { title: words("title"), referrer: "no-referrer" };
}

/** Behind the link in a mail. Opening it changes nothing, since mail filters open it too. */
export default async function ConfirmAddressPage({ searchParams }: WithQuery) {
  const { token } = await searchParams;
  const asked = typeof token === "string" ? token : "";
  const person = await visitor();
  const found = await lookAtConfirmation(await context(), person?.id ?? null, asked);
  const words = await getTranslations("account.confirm");
  const shell = await getTranslations("shell");
  if (!found) {
    return (
      <AccountCard title={words("title")}>
        <FormError>{words("old")}</FormError>
        {person ? (
          <ButtonLink href="/settings">{words("goOn")}</ButtonLink>
        ) : (
          <ButtonLink href="/sign-in">{shell("signIn")}</ButtonLink>
        )}
      </AccountCard>
    );
  }
  if (found.state === "done") {
    return (
      <AccountCard title={words("title")}>
        <Text>{words("done", { email: found.email })}</Text>
        <ButtonLink href={found.isOwn ? "/" : "/sign-in"}>{words("goOn")}</ButtonLink>
      </AccountCard>
    );
  }
  return (
    <AccountCard title={words("title")}>
      <Stack>
        <Text style={{ overflowWrap: "anywhere" }}>{words("text", { email: found.email })}</Text>
        <ConfirmForm token={asked} {...found} />
        <TextLink
          href={`/confirm-address/not-me?token=${encodeURIComponent(asked)}`}
          prefetch={false}
          size="sm"
          ta="center"
        >
          {words("notMe")}
        </TextLink>
      </Stack>
    </AccountCard>
  );
}
