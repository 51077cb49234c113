/**
 * Whether the domain that mails come from says who may send for it: SPF and DMARC, in the DNS. Receivers look for
 * both, and refuse or hide mails of a domain that has neither.
 */
import { Resolver } from "node:dns/promises";
import { domainToASCII } from "node:url";
import { type Config, isLoopback } from "#lib/platform/config.ts";
import { codeOf } from "#lib/platform/reason.ts";
import { type Reading, readDmarc, readSpf } from "./senderRecords.ts";

/** What is asked, as Node's own resolver answers. */
export type Names = Pick<Resolver, "resolveTxt" | "cancel">;

interface SenderReport {
  lines: string[];
  problems: string[];
  report: Record<string, unknown>;
}

/** In milliseconds, for each question and for all of them: who asks the doctor isn't to wait for the DNS. */
const ANSWER_WITHIN = 2_000;
const ALL_WITHIN = 6_000;

export const machinesNames = (): Names => new Resolver({ timeout: ANSWER_WITHIN, tries: 2 });

/** Asks nothing while mails go nowhere, or to the built-in mailbox. */
export async function examineSender(config: Config, names: Names): Promise<SenderReport> {
  const { mail, appUrl } = config;
  if (!mail.smtpUrl) return told("Mails: no mail server is set (SMTP_URL)");
  if (isLoopback(mail.smtpUrl) && mail.inboxUrl) return told("Mails: to the built-in mailbox");
  const from = `Mails come from: ${mail.from}`;
  const domain = domainOf(mail.from);
  const faults = (...problems: (string | null)[]) =>
    // Whoever only tries Segue out has nobody to be refused by.
    isLoopback(appUrl) ? [] : problems.filter((problem) => problem !== null);
  if (!domain.includes(".")) {
    const problem = `No mail server elsewhere takes mails from ${domain}: set MAIL_FROM to an address of your own domain`;
    return { lines: [from], problems: faults(problem), report: { domain } };
  }
  const tooLate = setTimeout(() => names.cancel(), ALL_WITHIN);
  try {
    const spf = readSpf(domain, await textsAt(names, domain));
    const dmarc = await dmarcOf(names, domain);
    return {
      lines: [from, spf.line, dmarc.line],
      problems: faults(spf.problem, dmarc.problem),
      report: { domain, spf: spf.state, dmarc: dmarc.state },
    };
  } finally {
    clearTimeout(tooLate);
  }
}

const told = (line: string): SenderReport => ({ lines: [line], problems: [], report: {} });

/** Of "Segue <mail@school.example>". */
const domainOf = (from: string): string => {
  const domain = from.slice(from.lastIndexOf("@") + 1).replace(/[>\s]+$/, "");
  return domainToASCII(domain) || domain;
};

/** A domain without a policy of its own has that of the nearest domain above it (RFC 9989, 4.10). */
async function dmarcOf(names: Names, domain: string): Promise<Reading> {
  const labels = domain.split(".");
  const above = labels.map((_, index) => labels.slice(index).join(".")).slice(0, -1);
  for (const at of above) {
    const texts = await textsAt(names, `_dmarc.${at}`);
    const reading = readDmarc(domain, at, texts);
    if (reading.state !== "missing") return reading;
  }
  return readDmarc(domain, domain, []);
}

/** What the name isn't there for, or has no text. */
const absent = new Set(["ENOTFOUND", "ENODATA"]);

/** @returns the texts, each in one piece; a string where they couldn't be looked up */
async function textsAt(names: Names, name: string): Promise<string[] | string> {
  try {
    return (await names.resolveTxt(name)).map((pieces) => pieces.join(""));
  } catch (error) {
    const code = codeOf(error) ?? "";
    return absent.has(code) ? [] : code;
  }
}
