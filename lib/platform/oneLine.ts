/** More than any rule for input lets through today; what earlier versions let through is cut here. */
const MOST = 200;

/**
 * Somebody's text as it may stand inside ours, also where no rule looked at it when it came in: it can't end
 * the line, turn the direction of what stands around it, or go on for pages.
 */
export function oneLine(text: string, most = MOST): string {
  const signs = [
    ...text
      .replace(/[\p{Bidi_Control}\p{Cs}]/gu, "")
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
      .trim(),
  ];
  return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : signs.join("");
}
