/** Sends mail over SMTP, each within the time that `patience.ts` gives it. */
import { createTransport } from "nodemailer";
import { MAIL_ACCEPT_MS, MAIL_CONNECT_MS, MAIL_STORE_MS } from "#lib/platform/patience.ts";
import { MailError, type MailTrouble, mailTroubleOf } from "./mailTrouble.ts";

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
  /** @throws MailError; as far as is known, nothing was sent then */
  send(mail: OutgoingMail): Promise<void>;
  /** Breaks off what the server can't have taken yet. */
  close(): void;
}

/** For tests, which don't wait as long. */
export interface MailPatience {
  acceptMs: number;
  storeMs: number;
}

const usual: MailPatience = { acceptMs: MAIL_ACCEPT_MS, storeMs: MAIL_STORE_MS };

export function createMailer(smtpUrl: string, from: string, patience = usual): Mailer {
  const transport = createTransport(
    {
      url: smtpUrl,
      dnsTimeout: MAIL_CONNECT_MS,
      connectionTimeout: MAIL_CONNECT_MS,
      greetingTimeout: MAIL_CONNECT_MS,
      // What is silent for long is ended by the limits below, which know what it is about.
      socketTimeout: patience.acceptMs + patience.storeMs,
    },
    { from },
  );
  const unfinished = new Map<string, Limit>();
  let isClosed = false;

  const send = async ({ calendar, unsubscribeUrl, ...mail }: OutgoingMail) => {
    const limit = new Limit(patience);
    unfinished.set(mail.messageId, limit);
    if (isClosed) limit.end("stopped");
    try {
      await transport.sendMail({
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
        signal: limit.signal,
      });
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      const trouble = limit.ended ?? mailTroubleOf(error);
      throw new MailError(limit.ended ? limit.words : words, { trouble, cause: error });
    } finally {
      limit.clear();
      unfinished.delete(mail.messageId);
    }
  };

  // Until the last line of a mail has gone, its server can't deliver it.
  transport.use("stream", ({ message, data }, done) => {
    const read = message.createReadStream.bind(message);
    message.createReadStream = (...options) =>
      read(...options).once("end", () => unfinished.get(data.messageId ?? "")?.handedOver());
    done();
  });

  return {
    send,
    close: () => {
      isClosed = true;
      for (const limit of unfinished.values()) if (!limit.isHandedOver) limit.end("stopped");
      transport.close();
    },
  };
}

/** The time that one mail has: up to the last line of it, and from there on. */
class Limit {
  readonly #control = new AbortController();
  readonly #patience: MailPatience;
  #timer: NodeJS.Timeout;
  isHandedOver = false;
  ended: MailTrouble | null = null;

  constructor(patience: MailPatience) {
    this.#patience = patience;
    this.#timer = setTimeout(() => this.end("slow"), patience.acceptMs);
  }

  get signal(): AbortSignal {
    return this.#control.signal;
  }

  get words(): string {
    if (this.ended === "stopped") return "Broken off, because the process stops";
    const { acceptMs, storeMs } = this.#patience;
    return this.isHandedOver
      ? `The mail server took the mail and said nothing for ${storeMs / 1000} s`
      : `The mail server didn't take the mail within ${acceptMs / 1000} s`;
  }

  handedOver(): void {
    this.isHandedOver = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end("slow"), this.#patience.storeMs);
  }

  end(why: MailTrouble): void {
    this.ended ??= why;
    this.#control.abort();
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
