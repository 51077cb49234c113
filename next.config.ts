import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const config: NextConfig = {
  poweredByHeader: false,
  // Next would otherwise write files of its own for coding tools into the project.
  agentRules: false,
  devIndicators: false,
  // Native parts, WebAssembly beside the code, or worker threads found by file name: a bundle breaks them.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "better-auth",
    "pg",
    "pg-boss",
    "pino",
    "prom-client",
  ],
  turbopack: {
    resolveAlias: {
      "use-intl/format-message": {
        browser: "use-intl/format-message/format-only",
        default: "./server/language/formatMessage.ts",
      },
    },
  },
  // `npm run check` does that, once; a build for a start needn't do it again.
  typescript: { ignoreBuildErrors: true },
};

export default createNextIntlPlugin("./server/language/language.ts")(config);
