import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  poweredByHeader: false,
  // Otherwise Next would write files of its own for coding tools into the project.
  agentRules: false,
  devIndicators: false,
  // These have native parts, WebAssembly beside the code, or worker threads found by file name. A bundle
  // breaks them.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "better-auth",
    "pg",
    "pg-boss",
    "pino",
    "prom-client",
  ],
  // No page has such an image, and anybody could make the optimizer write errors into the log.
  images: { unoptimized: true },
  turbopack: {
    resolveAlias: {
      "use-intl/format-message": {
        browser: "use-intl/format-message/format-only",
        default: "./server/language/formatMessage.ts",
      },
    },
  },
  // `npm run check` checks the types once, so a build for a start needn't repeat it.
  typescript: { ignoreBuildErrors: true },
};

export default createNextIntlPlugin("./server/language/language.ts")(config);
