/** What the command menu offers, and how it is found. Pure. */
import { plain } from "#lib/platform/plainText.ts";

export const commandGroups = ["actions", "pages", "people", "lessons"] as const;
export type CommandGroup = (typeof commandGroups)[number];

export interface Command {
  /** Unique among all of them. */
  id: string;
  group: CommandGroup;
  label: string;
  /** Other words by which people look for it. */
  also: string;
  /** Which keys lead to a page, too. */
  keys: string | null;
  /** When a lesson begins. */
  startsAt: string | null;
  href: string;
}

/** As many of each group as fit on a phone without scrolling far. */
const MOST_OF_A_GROUP = 6;

/**
 * The commands in which each of the typed words begins a word, in the order in which they were given; with nothing
 * typed, the first of each group.
 */
export function findCommands(commands: Command[], typed: string): Command[] {
  const wanted = plain(typed).split(" ").filter(Boolean);
  const fits = ({ label, also }: Command) => {
    const words = plain(`${label} ${also}`).split(" ");
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  };
  const found = commands.filter(fits);
  return commandGroups.flatMap((group) =>
    found.filter((command) => command.group === group).slice(0, MOST_OF_A_GROUP),
  );
}
