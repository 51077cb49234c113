/**
 * What stands in for use-intl's own formatter in pages on the server; named in next.config.ts. Texts come
 * as they stand in the catalog, and parsed where they are on their way to the browser, which so needs no
 * parser: that would be a twentieth of a page's script.
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

/** `raw` would give what is parsed. */
formatMessage.raw = false;
