/** Sends mail over SMTP. */
import { createTransport } from "nodemailer";

export interface OutgoingMail {
  to: { address: string; name: string };
  subject: string;
  text: string;
  html: string;
  /** An iCalendar object. Mail programs do what its method says. */
  calendar: { method: string; content: string } | null;
  messageId: string;
}

export interface Mailer {
  /** @throws the error of the server or the network; as far as is known, nothing was sent then */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

export function createMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport(smtpUrl, { from });
  return {
    send: async ({ calendar, ...mail }) =>
      void (await transport.sendMail({
        ...mail,
        // The entry is sent twice: beside text and HTML as text/calendar with its method, and as a file to
        // open.
        ...(calendar && { icalEvent: { ...calendar, filename: "lessons.ics" } }),
      })),
    close: () => transport.close(),
  };
}
