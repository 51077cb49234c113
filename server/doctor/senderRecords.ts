/** What the texts in the DNS mean for whoever sends mails. */

/** Either the texts that stand there, or why they couldn't be looked up. */
export type Texts = string[] | string;

export interface Reading {
  state: "present" | "missing" | "several" | "weak" | "unreadable" | "unknown";
  line: string;
  /** What to do, where something is wrong. */
  problem: string | null;
}

const reading = (state: Reading["state"], line: string, problem: string | null = null) => ({
  state,
  line,
  problem,
});

const unknown = (what: string, why: string): Reading =>
  reading("unknown", `${what} couldn't be looked up${why && ` (${why})`}`);

/** SPF holds for one domain only, not for those below it. */
export function readSpf(domain: string, texts: Texts): Reading {
  const what = `SPF of ${domain}`;
  if (typeof texts === "string") return unknown(what, texts);
  const records = texts.filter((text) => /^v=spf1( |$)/i.test(text));
  if (records.length === 0) {
    const mend = `Add a TXT record there that names your mail server, such as "v=spf1 a:mail.${domain} -all"`;
    return reading("missing", `${what}: missing`, `${domain} has no SPF record. ${mend}`);
  }
  if (records.length === 1) return reading("present", `${what}: present`);
  return reading(
    "several",
    `${what}: ${records.length} records, so none of them counts`,
    `${domain} has ${records.length} SPF records, and receivers then use none. Put them together into one`,
  );
}

/** @param at the domain whose record this is: the sender's own, or one above it */
export function readDmarc(domain: string, at: string, texts: Texts): Reading {
  const what = `DMARC of ${domain}`;
  if (typeof texts === "string") return unknown(what, texts);
  const records = texts.filter((text) => /^v=DMARC1\s*(;|$)/i.test(text));
  const [record] = records;
  if (record === undefined) {
    const mend = `Add a TXT record at _dmarc.${domain}, such as "v=DMARC1; p=none"`;
    return reading("missing", `${what}: missing`, `${domain} has no DMARC record. ${mend}`);
  }
  if (records.length > 1) {
    return reading(
      "several",
      `${what}: ${records.length} records, so none of them counts`,
      `_dmarc.${at} has ${records.length} DMARC records, and receivers then use none. Leave one`,
    );
  }
  const policy = policyIn(record, domain !== at);
  const whose = domain === at ? "" : `, from ${at}`;
  if (!policy) {
    return reading(
      "unreadable",
      `${what}: present, without a policy${whose}`,
      `The DMARC record of _dmarc.${at} has no policy that can be read. Begin it with "v=DMARC1; p=none"`,
    );
  }
  if (policy === "none") {
    const means = "forged mails still arrive; p=quarantine or p=reject stops them";
    return reading("weak", `${what}: p=none${whose} (${means})`);
  }
  return reading("present", `${what}: p=${policy}${whose}`);
}

function policyIn(record: string, isBelow: boolean): string | undefined {
  const tags = new Map(
    record.split(";").map((tag) => {
      const [name = "", value = ""] = tag.split("=");
      return [name.trim().toLowerCase(), value.trim().toLowerCase()] as const;
    }),
  );
  const policy = (isBelow && tags.get("sp")) || tags.get("p");
  return policy && ["none", "quarantine", "reject"].includes(policy) ? policy : undefined;
}
