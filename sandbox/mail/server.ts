/** An SMTP server on loopback that delivers every mail only to the inbox, unless a switch says otherwise. */
import type { Readable } from "node:stream";
import { SMTPServer } from "smtp-server";
import { keepMail } from "#sandbox/mail/store.ts";
import type { World } from "#sandbox/world.ts";

const SIZE_LIMIT = 20_000_000;

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

export function makeMailServer(world: World): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    size: SIZE_LIMIT,
    logger: false,
    closeTimeout: 100,
    onConnect: (_session, done) => void world.mailTroubles.meet(["away"]).then(() => done(), done),
    onRcptTo: ({ address }, _session, done) =>
      void world.mailTroubles
        .meet(["slow_rcpt", "greylist", "refuse"], address)
        .then(() => done(), done),
    onData(stream, session, done) {
      const { mailFrom, rcptTo } = session.envelope;
      const from = mailFrom ? mailFrom.address : "";
      const to = rcptTo.map((recipient) => recipient.address);
      readAll(stream)
        .then(async (raw) => {
          await world.mailTroubles.meet(["slow_data", "refuse_content"], to[0]);
          return raw;
        })
        .then((raw) => keepMail(world, raw, { from, to }))
        .then(() => done(), done);
    },
  });
  // A client that hangs up in the middle is no reason to stop.
  server.on("error", (error) => {
    if (server.server.listening) process.stderr.write(`sandbox: mail: ${error.message}\n`);
  });
  return server;
}
