"use client";
import "@mantine/core/styles.css";
import "#components/global.css";
import { MantineProvider } from "@mantine/core";
import { theme, variables } from "#components/theme.ts";
import { shellWords } from "#components/words/shell.ts";
import ErrorPage from "./error.tsx";

/** Stands in for the whole document when the layout itself fails. */
export default function GlobalError(props: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>{shellWords.error.title}</title>
        <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
          <main className="page">
            <ErrorPage {...props} />
          </main>
        </MantineProvider>
      </body>
    </html>
  );
}
