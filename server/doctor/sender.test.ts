import { Resolver } from "node:dns/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { parseConfig } from "#lib/platform/config.ts";
import { type NameServer, startNameServer } from "#tests/harness/nameServer.ts";
import { examineSender } from "./sender.ts";

let server: NameServer;
const SPF = "v=spf1 a:mail.school.example -all";
const DMARC = "v=DMARC1; p=reject; rua=mailto:dmarc@school.example";

beforeAll(async () => {
  server = await startNameServer({
    "school.example": ["some=thing", SPF, "v=spf10 not this"],
    "_dmarc.school.example": [DMARC],
    "pieces.example": [["v=spf1 a:mail.pieces", ".example ~all"]],
    "_dmarc.pieces.example": [["v=DMARC1; ", "p=quarantine"]],
    "weak.example": [SPF],
    "_dmarc.weak.example": ["v=DMARC1;p=none"],
    "twice.example": [SPF, "V=SPF1 include:other.example -all"],
    "_dmarc.twice.example": [DMARC, "v=DMARC1; p=none"],
    "odd.example": [SPF],
    "_dmarc.odd.example": ["v=DMARC1; rua=mailto:a@odd.example"],
    "mail.above.example": [SPF],
    "_dmarc.above.example": ["v=DMARC1; p=reject; sp=quarantine"],
    "failing.example": "servfail",
    "_dmarc.failing.example": "servfail",
    "silent.example": "silence",
    "_dmarc.silent.example": "silence",
    "empty.example": [],
    "xn--mnchen-3ya.example": [SPF],
    "_dmarc.xn--mnchen-3ya.example": [DMARC],
  });
});
afterAll(() => server.stop());
beforeEach(() => void server.asked.splice(0));

const configured = (env: Record<string, string>) =>
  parseConfig({
    APP_URL: "https://segue.example",
    SMTP_URL: "smtp://user:pass@mail.example",
    AUTH_SECRET: "x".repeat(32),
    TOKEN_ENCRYPTION_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}`,
    ...env,
  });

function examine(domain: string, env: Record<string, string> = {}) {
  // It answers at once or never, so the time-out decides nothing but how long the test takes.
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([server.address]);
  return examineSender(configured({ MAIL_FROM: `Segue <mail@${domain}>`, ...env }), resolver);
}

test("a domain with both is well, however its texts are cut", async () => {
  expect(await examine("school.example")).toEqual({
    lines: [
      "Mails come from: Segue <mail@school.example>",
      "SPF of school.example: present",
      "DMARC of school.example: p=reject",
    ],
    problems: [],
    report: { domain: "school.example", spf: "present", dmarc: "present" },
  });
  const { report } = await examine("pieces.example");
  expect(report).toMatchObject({ spf: "present", dmarc: "present" });
  expect(server.asked).toContain("_dmarc.pieces.example");
});

test.each(["empty.example", "nowhere.example"])(
  "what %s lacks is named, with what to do",
  async (domain) => {
    const { lines, problems } = await examine(domain);
    expect(lines).toContain(`SPF of ${domain}: missing`);
    expect(lines).toContain(`DMARC of ${domain}: missing`);
    expect(problems).toEqual([
      expect.stringMatching(`^${domain} has no SPF record\\. Add a TXT record .*"v=spf1 `),
      expect.stringMatching(
        `^${domain} has no DMARC record\\. .* _dmarc\\.${domain}, .*"v=DMARC1; `,
      ),
    ]);
  },
);

test("several records count as none, which is said", async () => {
  const { lines, problems } = await examine("twice.example");
  expect(lines).toContain("SPF of twice.example: 2 records, so none of them counts");
  expect(problems).toEqual([
    expect.stringContaining("twice.example has 2 SPF records"),
    expect.stringContaining("_dmarc.twice.example has 2 DMARC records"),
  ]);
});

test("p=none is told and no fault; a record without a policy is one", async () => {
  const weak = await examine("weak.example");
  expect(weak.lines).toContainEqual(expect.stringMatching(/^DMARC of weak\.example: p=none \(/));
  expect(weak.problems).toEqual([]);
  expect((await examine("odd.example")).problems).toEqual([
    expect.stringContaining("_dmarc.odd.example has no policy that can be read"),
  ]);
});

test("the policy of the domain above holds, as that one says for those below", async () => {
  const { lines, problems } = await examine("mail.above.example");
  expect(lines).toContain("DMARC of mail.above.example: p=quarantine, from above.example");
  expect(problems).toEqual([]);
});

test("a name in another script is looked up as it stands in the DNS", async () => {
  const { report } = await examine("münchen.example");
  expect(report).toMatchObject({ domain: "xn--mnchen-3ya.example", spf: "present" });
});

test.each(["failing.example", "silent.example"])(
  "what can't be looked up at %s is no fault of the sender's",
  async (domain) => {
    const { lines, problems } = await examine(domain);
    expect(lines).toContainEqual(
      expect.stringMatching(`^SPF of ${domain} couldn't be looked up \\(E[A-Z]+\\)$`),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(`^DMARC of ${domain} couldn't be looked up`),
    );
    expect(problems).toEqual([]);
  },
);

test("nothing is looked up while mails go nowhere or to the built-in mailbox", async () => {
  const nowhere = await examine("twice.example", { SMTP_URL: "" });
  expect(nowhere.lines).toEqual(["Mails: no mail server is set (SMTP_URL)"]);
  const builtIn = await examine("twice.example", {
    SMTP_URL: "smtp://127.0.0.1:2525",
    INBOX_URL: "http://127.0.0.1:4000/inbox",
  });
  expect(builtIn.lines).toEqual(["Mails: to the built-in mailbox"]);
  expect([...nowhere.problems, ...builtIn.problems]).toEqual([]);
  expect(server.asked).toEqual([]);
});

test("a sender that only this machine knows is a fault, and nothing is looked up", async () => {
  expect((await examine("localhost")).problems).toEqual([expect.stringContaining("set MAIL_FROM")]);
  expect((await examine("localhost", { APP_URL: "http://localhost:3000" })).problems).toEqual([]);
  expect(server.asked).toEqual([]);
});

test("on a machine where Segue is only tried out nothing about it is a fault", async () => {
  const { lines, problems } = await examine("nowhere.example", {
    APP_URL: "http://localhost:3000",
  });
  expect(lines).toContain("SPF of nowhere.example: missing");
  expect(problems).toEqual([]);
});
