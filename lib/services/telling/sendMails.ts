/**
 * Sends what is in the outbox, several mails at a time: a server that is slow, or slow for one recipient, holds up
 * nobody else. A mail server that is away delays mails, but no mail is lost.
 */
import { addSeconds } from "#lib/platform/clock.ts";
import { asService } from "#lib/platform/db.ts";
import type { Mailer } from "#lib/platform/mail/mailer.ts";
import { MAIL_LEASE_SECONDS } from "#lib/platform/patience.ts";
import { uidHost } from "#lib/records/installation/queries.ts";
import { claimMail, type Mail } from "#lib/records/mails/queries.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { lookAgain } from "./outbox/lookAgain.ts";
import { putOff, sendOne } from "./outbox/sendOne.ts";

/** In each process; a few slow servers leave places for all others. */
const PLACES = 8;
/** To recipients at one server. To one recipient it is one, so that news of a lesson come in their order. */
const PLACES_FOR_A_SERVER = 2;

interface OnItsWay {
  email: string;
  domain: string;
  done: Promise<void>;
}

export class Outbox {
  readonly #ctx: Context;
  readonly #mailer: Mailer;
  readonly #onTheirWay = new Map<string, OnItsWay>();
  #filling: Promise<void> | null = null;
  #isAsked = false;
  #isClosed = false;
  #failure: unknown = null;
  /** How many mails were looked at, including those that failed or weren't sent any more. */
  tried = 0;

  constructor(ctx: Context, mailer: Mailer) {
    this.#ctx = ctx;
    this.#mailer = mailer;
  }

  /** Begins all that is due and has a place. What has none begins when another mail has ended. */
  begin(): Promise<void> {
    this.#isAsked = true;
    this.#filling ??= this.#fill();
    return this.#filling;
  }

  /** Until nothing is on its way. @throws what kept a mail from being recorded */
  async settled(): Promise<void> {
    while (this.#onTheirWay.size > 0) {
      await Promise.race([...this.#onTheirWay.values()].map(({ done }) => done));
      await this.#filling;
    }
    if (this.#failure) throw this.#failure;
  }

  /** Begins nothing more, and lets what the server may already have taken end. */
  async close(patienceMs: number): Promise<void> {
    this.#isClosed = true;
    this.#mailer.close();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, patienceMs);
    await Promise.race([promise, this.settled().catch(() => undefined)]);
    clearTimeout(timer);
  }

  async #fill(): Promise<void> {
    try {
      while (this.#isAsked && !this.#isClosed) {
        this.#isAsked = false;
        while (this.#onTheirWay.size < PLACES && !this.#isClosed) {
          const taken = await this.#take();
          if (!taken) break;
          this.tried += 1;
          if (taken.mail) this.#send(taken.mail, taken.host);
        }
      }
    } finally {
      // In the same turn as the last look at whether somebody asked, so that nobody asks in vain.
      this.#filling = null;
    }
  }

  /** Null where nothing is due that has a place; without a mail, it wasn't to be sent any more. */
  async #take(): Promise<{ mail: Mail | null; host: string } | null> {
    const ctx = this.#ctx;
    const now = ctx.clock();
    const ways = [...this.#onTheirWay.values()];
    const emails = ways.map(({ email }) => email);
    const domains = [...Map.groupBy(ways, ({ domain }) => domain)]
      .filter(([, some]) => some.length >= PLACES_FOR_A_SERVER)
      .map(([domain]) => domain);
    const until = addSeconds(now, MAIL_LEASE_SECONDS);
    const mail = await asService(ctx.db, (trx) => claimMail(trx, now, until, { emails, domains }));
    if (!mail) return null;
    try {
      return await asService(ctx.db, async (trx) => ({
        mail: await lookAgain(ctx, trx, mail),
        host: await uidHost(trx),
      }));
    } catch (error) {
      // It is the oldest that is due: taken again and again, it would be the last that is ever sent.
      await putOff(ctx, mail, error);
      return { mail: null, host: "" };
    }
  }

  #send(mail: Mail, host: string): void {
    const done = sendOne(this.#ctx, this.#mailer, mail, host)
      .catch((error: unknown) => {
        this.#failure ??= error;
        this.#ctx.log.error({ mailId: mail.id, err: error }, "What came of a mail isn't recorded");
      })
      .then(async () => {
        this.#onTheirWay.delete(mail.id);
        await this.begin();
      })
      .catch((error: unknown) => {
        this.#ctx.log.warn({ err: error }, "The outbox has to wait for the database");
      });
    const domain = mail.to_email.slice(mail.to_email.lastIndexOf("@") + 1).toLowerCase();
    this.#onTheirWay.set(mail.id, { email: mail.to_email, domain, done });
  }
}

/** Sends all mails that are due. @returns how many were tried, including those that failed */
export async function sendMails(ctx: Context, mailer: Mailer): Promise<number> {
  const outbox = new Outbox(ctx, mailer);
  await outbox.begin();
  await outbox.settled();
  return outbox.tried;
}
