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
  /**
   * Where a mail program's own "unsubscribe" leads: a POST ends such mails (RFC 8058), a GET shows a page.
   * Null for mails in nobody else's name.
   */
  unsubscribeUrl: string | null;
}

export interface Mailer {
  /** @throws the error of the server or the network; as far as is known, nothing was sent then */
  send(mail: OutgoingMail): Promise<void>;
  close(): void;
}

export function createMailer(smtpUrl: string, from: string): Mailer {
  const transport = createTransport(smtpUrl, { from });
  return {
    send: async ({ calendar, unsubscribeUrl, ...mail }) =>
      void (await transport.sendMail({
        ...mail,
        ...(unsubscribeUrl && {
          headers: {
            "List-Unsubscribe": `<${unsubscribeUrl}>`,
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
          },
        }),
        // The entry is sent twice: beside text and HTML as text/calendar with its method, and as a file to
        // open.
        ...(calendar && { icalEvent: { ...calendar, filename: "lessons.ics" } }),
      })),
    close: () => transport.close(),
  };
}
