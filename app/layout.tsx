import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@fontsource-variable/inter";
import "#components/global.css";
import { ColorSchemeScript, MantineProvider, mantineHtmlProps } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { AppFrame } from "#components/AppFrame.tsx";
import { theme, variables } from "#components/theme.ts";
import { shellWords } from "#components/words/shell.ts";
import { visitor } from "#server/page.ts";

export const metadata: Metadata = {
  title: { default: shellWords.name, template: `%s · ${shellWords.name}` },
  description: shellWords.description,
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#1c1a23" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const person = await visitor();
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" />
      </head>
      <body>
        <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
          <Notifications />
          <AppFrame person={person}>{children}</AppFrame>
        </MantineProvider>
      </body>
    </html>
  );
}
