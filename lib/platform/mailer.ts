/** Mail over SMTP. */
import { createTransport } from "nodemailer";

export interface OutgoingMail {
  to: { address: string; name: string };
  subject: string;
  text: string;
  html: string;
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
    send: async (mail) => void (await transport.sendMail(mail)),
    close: () => transport.close(),
  };
}
