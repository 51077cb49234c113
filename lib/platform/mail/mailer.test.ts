import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import { createMailer, type OutgoingMail } from "./mailer.ts";

const servers: SMTPServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
});

test("a server that doesn't take the mail in time is left before it has the mail", async () => {
  let got = 0;
  const port = await serve({
    onRcptTo: () => undefined,
    onData: (_stream, _session, done) => {
      got += 1;
      done();
    },
  });
  const mailer = createMailer(url(port), FROM, { acceptMs: 200, storeMs: 60_000 });
  await expect(mailer.send(mail)).rejects.toMatchObject({
    trouble: "slow",
    message: "The mail server didn't take the mail within 0.2 s",
  });
  expect(got).toBe(0);
});

test("a server that has the whole mail has a time of its own to say so", async () => {
  const port = await serve({ onData: (stream) => void stream.resume() });
  const mailer = createMailer(url(port), FROM, { acceptMs: 60_000, storeMs: 200 });
  await expect(mailer.send(mail)).rejects.toMatchObject({
    trouble: "slow",
    message: "The mail server took the mail and said nothing for 0.2 s",
  });
});

test("a process that stops breaks off what no server has yet, and begins nothing more", async () => {
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  const port = await serve({ onRcptTo: () => resolve() });
  const mailer = createMailer(url(port), FROM);
  const sent = mailer.send(mail);
  sent.catch(() => undefined);
  await asked;
  mailer.close();
  await expect(sent).rejects.toMatchObject({ trouble: "stopped" });
  const other = { ...mail, messageId: "<2@calendar.example>" };
  await expect(mailer.send(other)).rejects.toMatchObject({ trouble: "stopped" });
});

test("a refused address, and a server that isn't there, are told apart", async () => {
  const refusal = Object.assign(new Error("5.1.1 No such user"), { responseCode: 550 });
  const port = await serve({ onRcptTo: (_address, _session, done) => done(refusal) });
  await expect(createMailer(url(port), FROM).send(mail)).rejects.toMatchObject({
    trouble: "address",
  });
  const [server] = servers.splice(0);
  await new Promise<void>((resolve) => server?.close(() => resolve()));
  await expect(createMailer(url(port), FROM).send(mail)).rejects.toMatchObject({ trouble: "away" });
});

const FROM = "Segue <segue@segue.example>";
const url = (port: number) => `smtp://127.0.0.1:${port}`;

const mail: OutgoingMail = {
  to: { address: "dev@people.example", name: "Dev" },
  subject: "Physics",
  text: "text",
  html: "<p>html</p>",
  calendar: null,
  messageId: "<1@calendar.example>",
  unsubscribeUrl: null,
};

async function serve(options: SMTPServerOptions): Promise<number> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    closeTimeout: 100,
    ...options,
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.server.address() as AddressInfo).port;
}
