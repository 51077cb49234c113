import nodemailer from "nodemailer";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { MailTrouble } from "#sandbox/mail/troubles.ts";
import { TestSandbox } from "#sandbox/testing.ts";

const sandbox = new TestSandbox(new Date("2026-11-20T09:00:00Z"));

beforeAll(() => sandbox.start());
afterAll(() => sandbox.end());

const calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";

async function send(to: string, subject: string): Promise<void> {
  const transport = nodemailer.createTransport(sandbox.env("SMTP_URL"));
  await transport.sendMail({
    from: "Segue <segue@localhost>",
    to,
    subject,
    text: "Your lessons have new links — Grüße",
    html: '<p>Your lessons</p><script>alert("x")</script>',
    icalEvent: { method: "REQUEST", content: calendar },
  });
  transport.close();
}

test("a mail that was sent stands in the inbox, newest first, with its calendar file, also after a restart", async () => {
  await send("ann@example.com", "First <b>");
  sandbox.pass(60_000);
  await send("ben@example.com", "Second");
  await sandbox.restart();

  const list = await sandbox.request(sandbox.env("INBOX_URL"));
  expect(list.text.indexOf("Second")).toBeLessThan(list.text.indexOf("First &lt;b&gt;"));
  const got = await sandbox.request(`${sandbox.env("INBOX_URL")}.json?to=Ann@example.com`);
  const mails = got.json as unknown as {
    id: string;
    subject: string;
    text: string;
    attachments: { mimeType: string; text: string }[];
  }[];
  expect(mails.map((mail) => mail.subject)).toEqual(["First <b>"]);
  expect(mails[0]?.text).toContain("Grüße");
  const part = mails[0]?.attachments.find(({ mimeType }) => mimeType === "text/calendar");
  expect(part?.text).toContain("METHOD:REQUEST");

  const shown = await sandbox.request(`${sandbox.env("INBOX_URL")}/${mails[0]?.id}`);
  expect(shown.text).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  expect(shown.text).not.toContain("<script>");
  const file = await sandbox.request(`${sandbox.env("INBOX_URL")}/${mails[0]?.id}/attachments/0`);
  expect(file.headers.get("content-disposition")).toMatch(/^attachment/);
  expect(file.text).toContain("BEGIN:VCALENDAR");
});

test.each([
  ["greylist", 451],
  ["refuse", 550],
  ["refuse_content", 554],
  ["away", 421],
] as const)("%s is answered with %i, for as many mails as asked", async (effect, code) => {
  await switches({ effect, times: 1 });
  await expect(send("ann@example.com", effect)).rejects.toMatchObject({ responseCode: code });
  await send("ann@example.com", effect);
});

test("a slow server answers when the switches change, and other addresses at once", async () => {
  await switches({ effect: "slow_rcpt", addressIncludes: "@slow." });
  const slow = send("ann@slow.example", "Slow");
  await send("ben@example.com", "Quick");
  await switches();
  await slow;
});

const switches = (...list: MailTrouble[]) =>
  sandbox.request(`${new URL(sandbox.env("INBOX_URL")).origin}/control/mail`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(list),
  });
