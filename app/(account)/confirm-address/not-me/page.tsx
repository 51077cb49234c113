import { Text } from "@mantine/core";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { WithQuery } from "#components/query.ts";
import { lookAtConfirmation } from "#lib/services/people/confirmAddress.ts";
import { context, visitor } from "#server/page.ts";
import { AccountCard } from "../../_parts/AccountCard.tsx";
import { NotMeForm } from "../../_parts/NotMeForm.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("account.notMe");
  return { title: words("title"), referrer: "no-referrer" };
}

/** Two choices, none made beforehand: some mail filters press every button that they find. */
export default async function NotMePage({ searchParams }: WithQuery) {
  const { token } = await searchParams;
  const asked = typeof token === "string" ? token : "";
  const found = await lookAtConfirmation(await context(), (await visitor())?.id ?? null, asked);
  if (found?.state !== "waiting") {
    redirect(`/confirm-address?token=${encodeURIComponent(asked)}`);
  }
  const words = await getTranslations("account.notMe");
  return (
    <AccountCard title={words("title")}>
      <Text style={{ overflowWrap: "anywhere" }}>{words("text", { email: found.email })}</Text>
      <NotMeForm token={asked} email={found.email} />
    </AccountCard>
  );
}
