/** What the app may not write into its log. */
import { PASSWORD_WORD } from "./world/players.ts";
import type { World } from "./world/world.ts";

const ERROR_LEVEL = 50;

/** @returns lines of errors, and lines that aren't ours and therefore nobody's intention */
export function linesOf(output: string): string[] {
  return output.split("\n").filter((line) => line.trim() !== "" && !isOrdinary(line));
}

function isOrdinary(line: string): boolean {
  try {
    const { level } = JSON.parse(line) as { level?: unknown };
    return typeof level === "number" && level < ERROR_LEVEL;
  } catch {
    return false;
  }
}

export function secretsIn({ everybody, tokens }: World, output: string): string[] {
  const secrets = [
    PASSWORD_WORD,
    ...tokens.map(({ value }) => value),
    ...everybody().flatMap(({ bearer, ended }) => [bearer, ...ended.map((one) => one.bearer)]),
  ];
  return secrets
    .filter((secret) => output.includes(secret))
    .map((secret) => {
      const line = output.split("\n").find((one) => one.includes(secret));
      return `The log holds ${secret}: ${line?.slice(0, 300)}`;
    });
}
