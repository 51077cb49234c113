import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";
import { supportMessages } from "#server/language/browserMessages.ts";

/** Adds the texts that only these pages need. */
export default async function SupportLayout({ children }: { children: ReactNode }) {
  return (
    <NextIntlClientProvider messages={supportMessages(await getMessages())}>
      {children}
    </NextIntlClientProvider>
  );
}
