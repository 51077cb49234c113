/** Formats log lines for a person at a terminal: the text, and for warnings what explains them. */
import { z } from "zod";

const WARNING = 40;
const logLine = z.object({
  level: z.number(),
  time: z.iso.datetime(),
  msg: z.string(),
  detail: z.string().optional(),
  err: z.object({ message: z.string() }).optional(),
});

/**
 * @returns a function that accepts pieces of a log and passes whole lines to `write`; a line that isn't JSON
 * is passed on unchanged
 */
export function readable(write: (line: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) write(`${readableLine(line)}\n`);
  };
}

function readableLine(line: string): string {
  if (!line.startsWith("{")) return line;
  const parsed = logLine.safeParse(fromJson(line));
  if (!parsed.success) return line;
  const { level, time, msg, detail, err } = parsed.data;
  const why = level >= WARNING ? (detail ?? err?.message) : undefined;
  return `${time.slice(11, 19)}Z ${msg}${why ? ` (${why})` : ""}`;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
