"use client";
import "#components/kit.css";
import "#components/global.css";
import "#components/frame/frame.css";
import { MantineProvider } from "@mantine/core";
import { theme, variables } from "#components/theme.ts";
import { Failure } from "./_parts/Failure.tsx";

/** The failed layout can't pass the nonce on, but the scripts that Next put into the page have it. */
const nonceOfPage = (): string =>
  typeof document === "undefined"
    ? ""
    : (document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "");

const TITLE = "This page couldn’t be shown";

/**
 * Replaces the whole document when the layout itself fails. The layout would have known the reader's language
 * and brought the catalog, so this page speaks English to everybody.
 */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>{TITLE}</title>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={variables}
          defaultColorScheme="auto"
          getStyleNonce={nonceOfPage}
        >
          <main className="page">
            <Failure
              {...props}
              title={TITLE}
              text="Nothing you did before is lost. Try again. If it keeps happening, tell the person who runs this Segue."
              action="Try again"
              reference={(digest) => `Reference for support: ${digest}`}
            />
          </main>
        </MantineProvider>
      </body>
    </html>
  );
}
