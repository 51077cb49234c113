import "#components/kit.css";
import "#components/global.css";
import "#components/frame/frame.css";
import "#components/frame/forcedColors.css";
import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { fontVariables } from "#components/font.ts";
import { AppFrame } from "#components/frame/AppFrame.tsx";
import { BRAND } from "#components/frame/Brand.tsx";
import { Notices } from "#components/onDemand/Notices.tsx";
import { Theme } from "#components/Theme.tsx";
import { ReadersClock } from "#components/time/ReadersClock.tsx";
import { languages } from "#lib/platform/words.ts";
import { browserMessages } from "#server/language/browserMessages.ts";
import {
  context,
  doorsReader,
  ownConnection,
  pageNonce,
  requestsWaiting,
  visitor,
} from "#server/page.ts";

export async function generateMetadata(): Promise<Metadata> {
  const words = await getTranslations("shell");
  return {
    title: { default: BRAND, template: `%s · ${BRAND}` },
    description: words("description"),
  };
}

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#1c1a23" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const person = await visitor();
  const nonce = await pageNonce();
  const connection = await ownConnection();
  const door = person ? null : await doorsReader();
  const hours = person?.clockHours ?? (door?.hasEnded === false ? door.clockHours : 24);
  return (
    <html lang={await getLocale()} {...mantineHtmlProps} className={fontVariables}>
      <head>
        {/* Browsers hide a nonce from scripts, so here it never looks as the server wrote it. */}
        <ColorSchemeScript defaultColorScheme="auto" nonce={nonce} suppressHydrationWarning />
      </head>
      <body>
        <NextIntlClientProvider messages={browserMessages(await getMessages())}>
          <Theme nonce={nonce}>
            <Notices />
            <ReadersClock hours={hours}>
              <AppFrame
                person={person}
                canMail={(await context()).config.mail.smtpUrl !== null}
                languages={languages()}
                waiting={await requestsWaiting()}
                toReconnect={connection?.status === "needs_reconnect" ? connection.label : null}
              >
                {children}
              </AppFrame>
            </ReadersClock>
          </Theme>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
