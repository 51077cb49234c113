/** A mail server that keeps every mail both as it came over the wire and as a mail program reads it. */
import type { Readable } from "node:stream";
import ICAL from "ical.js";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll } from "vitest";
import { createMailer, type Mailer } from "#lib/platform/mail/mailer.ts";
import { freePort } from "./ports.ts";

export interface SeenEvent {
  uid: string;
  sequence: number;
  /** In iCalendar's form: "20261023T140000Z". */
  start: string;
  status: unknown;
  summary: string;
  description: string;
  location: string;
  attendees: string[];
}

export interface SeenMail {
  to: string;
  subject: string;
  text: string;
  html: string;
  raw: string;
  calendar: { method: unknown; events: SeenEvent[] } | null;
}

export interface Mailbox {
  mailer: Mailer;
  /** The mails to this address, or to all, newest last. */
  mails(to?: string): SeenMail[];
  empty(): void;
  close(): Promise<void>;
}

/** The test file's own mailbox. Call this at the top of the file. */
export function ownMailbox(): Omit<Mailbox, "close"> {
  const mailbox = {} as Mailbox;
  beforeAll(async () => {
    Object.assign(mailbox, await startMailbox());
  });
  afterAll(() => mailbox.close());
  return mailbox;
}

async function startMailbox(from = "Segue <segue@segue.example>"): Promise<Mailbox> {
  const kept: SeenMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo[0]?.address ?? "";
      readAll(stream)
        .then(async (raw) => kept.push(await read(raw, to)))
        .then(() => done(), done);
    },
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const mailer = createMailer(`smtp://127.0.0.1:${port}`, from);
  return {
    mailer,
    mails: (to) => kept.filter((mail) => to === undefined || mail.to === to),
    empty: () => void kept.splice(0),
    close: () => {
      mailer.close();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function readAll(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function read(raw: Buffer, to: string): Promise<SeenMail> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: "utf8" });
  const file = mail.attachments.find(({ mimeType }) => mimeType === "text/calendar");
  return {
    to,
    subject: mail.subject ?? "",
    text: mail.text ?? "",
    html: mail.html ?? "",
    raw: raw.toString("utf8"),
    calendar: file ? calendarOf(String(file.content)) : null,
  };
}

function calendarOf(text: string): NonNullable<SeenMail["calendar"]> {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {
    method: calendar.getFirstPropertyValue("method"),
    events: calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        start: event.startDate.toICALString(),
        status: component.getFirstPropertyValue("status"),
        summary: event.summary,
        description: event.description,
        location: event.location,
        attendees: event.attendees.map((attendee) =>
          String(attendee.getFirstValue()).replace(/^mailto:/i, ""),
        ),
      };
    }),
  };
}
