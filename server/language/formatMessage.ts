/**
 * Replaces use-intl's own formatter in pages on the server; next.config.ts names this file. Texts arrive as
 * they are in the catalog, or already parsed where they go to the browser. So the browser needs no parser,
 * which would be a twentieth of a page's script.
 */
import type { CompiledMessage } from "icu-minify/format";
import formatParsed from "use-intl/format-message/format-only";
import { parsed } from "./browserMessages.ts";

type Given = Parameters<typeof formatParsed>;

export default function formatMessage(
  key: Given[0],
  message: string | CompiledMessage,
  values: Given[2],
  options: Given[3],
) {
  return formatParsed(
    key,
    typeof message === "string" ? parsed(message) : message,
    values,
    options,
  );
}

/** `raw` would return the parsed form. */
formatMessage.raw = false;
