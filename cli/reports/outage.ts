/** `segue outage <provider>`: shows whom an outage concerns and what they would be told, and waits for a typed yes. */
import { createInterface } from "node:readline/promises";
import { providerIds } from "#lib/providers/provider.ts";
import { type OutageView, outageView } from "#lib/services/support/outageViews.ts";
import { runWhereTheDataIs } from "../command.ts";
import { CommandError } from "../commandError.ts";

const USAGE = `Usage: outage <${providerIds.join(" | ")}> [--over] [--json]`;

/** @returns 0 when it is done or there is nothing to do, 1 when nobody typed yes */
export async function outage(args: string[]): Promise<number> {
  const flags = args.filter((arg) => arg.startsWith("-"));
  const [provider, ...more] = args.filter((arg) => !arg.startsWith("-"));
  const isKnown = flags.every((flag) => flag === "--over" || flag === "--json");
  if (!provider || more.length > 0 || !isKnown) throw new CommandError(USAGE);
  const ask = async (command: string, ...rest: string[]) =>
    outageView.parse(await runWhereTheDataIs(command, [provider, ...rest]));
  const seen = await ask("outage");
  if (flags.includes("--json")) {
    console.log(JSON.stringify(seen, null, 2));
    return 0;
  }
  console.log(linesOf(seen).join("\n"));
  const isOver = flags.includes("--over");
  const { tutors } = seen.concerned;
  if (isOver ? seen.outage?.overAt !== null : tutors === 0 || seen.againFrom) return 0;
  const question = isOver
    ? `Type yes to tell ${seen.outage?.told} tutors that ${seen.label} answers again: `
    : `Type yes to send this mail to ${tutors} tutors: `;
  if ((await typed(question)) !== "yes") {
    console.log("Nobody was told.");
    return 1;
  }
  const { outage: begun } = await ask(isOver ? "end-outage" : "declare-outage", "yes");
  if (begun) console.log(["", ...progressOf(begun)].join("\n"));
  return 0;
}

/** Also from a pipe, so that a script can answer. */
async function typed(question: string): Promise<string> {
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const ended = new Promise<string>((resolve) => asking.once("close", () => resolve("")));
  try {
    return (await Promise.race([asking.question(question), ended])).trim().toLowerCase();
  } finally {
    asking.close();
  }
}

function linesOf(view: OutageView): string[] {
  const { label, hours, concerned, mail, outage: declared } = view;
  const { tutors, lessons, students, soonest } = concerned;
  return [
    view.silentSince
      ? `${label} answers nobody since ${minute(view.silentSince)}.`
      : `${label} answers Segue just now.`,
    ...(view.allSilent
      ? ["No other provider answers either: check this server's own way to the internet first."]
      : []),
    ...(declared ? ["", ...progressOf(declared)] : []),
    "",
    `Within ${hours} hours: ${tutors} tutors, ${lessons} lessons, ${students} students.`,
    ...soonest.map(
      (one) => `  ${minute(one.firstStart)}  ${one.email}, ${one.lessons} lessons ahead there`,
    ),
    ...(tutors > soonest.length ? [`  and ${tutors - soonest.length} more`] : []),
    ...(mail
      ? ["", `Subject: ${mail.subject}`, "", ...mail.paragraphs, `[${mail.button}]`, ""]
      : ["Nobody is to be told."]),
    ...(view.againFrom ? [`They can be told again from ${minute(view.againFrom)} on.`] : []),
  ];
}

const progressOf = (outage: NonNullable<OutageView["outage"]>): string[] => [
  `Declared ${minute(outage.declaredAt)}${outage.overAt ? `, over ${minute(outage.overAt)}` : ", under way"}.`,
  `  told: ${outage.told} of ${outage.tutors}; mails: ${outage.mails.sent} sent, ${outage.mails.queued} waiting, ${outage.mails.failed} failed`,
  `  moving: ${outage.moved}; with all their new rooms: ${outage.safe}${outage.lastSafeAt ? `, the last ${minute(outage.lastSafeAt)}` : ""}`,
  ...(outage.overAt ? [`  told that it is over: ${outage.toldOver}`] : []),
];

const minute = (iso: string): string => `${iso.slice(0, 16).replace("T", " ")} UTC`;
