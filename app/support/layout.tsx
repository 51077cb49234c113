import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { supportMessages } from "#server/browserMessages.ts";
import { requirePerson } from "#server/page.ts";

/** Asked here too, above the skeleton: once that is on its way, no status and no redirect can be sent. */
export default async function SupportLayout({ children }: { children: ReactNode }) {
  await requirePerson("admin");
  return (
    <NextIntlClientProvider messages={supportMessages(await getMessages())}>
      {children}
    </NextIntlClientProvider>
  );
}
