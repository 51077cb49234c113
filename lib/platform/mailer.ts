/** Mail over SMTP. */
import { createTransport } from "nodemailer";

export interface OutgoingMail {
  to: { address: string; name: string };
  subject: string;
  text: string;
  html: string;
  /** An iCalendar object; mail programs carry out what its method says. */
  calendar: { method: string; content: string } | null;
  messageId: string;
}

export interface Mailer {
  /** @throws whatever the server or the network says; nothing was sent then, as far as known */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

export function createMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport(smtpUrl, { from });
  return {
    send: async ({ calendar, ...mail }) =>
      void (await transport.sendMail({
        ...mail,
        // Beside text and HTML as text/calendar with its method, and once more as a file to open.
        ...(calendar && { icalEvent: { ...calendar, filename: "lessons.ics" } }),
      })),
    close: () => transport.close(),
  };
}
