/**
 * Switches of the mail server: what the next mails to matching addresses meet. They are kept in memory only, so a
 * restarted sandbox has none. `README.md` explains each effect.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";

export const mailTroubleSchema = z.strictObject({
  effect: z.enum(["slow_rcpt", "slow_data", "greylist", "refuse", "refuse_content", "away"]),
  /** Part of the recipient's address. Left out: every recipient. `away` has none. */
  addressIncludes: z.string().optional(),
  /** For how many mails. Left out: until the switches change. */
  times: z.number().int().positive().optional(),
  delayMs: z.number().int().min(0).max(900_000).optional(),
});
export type MailTrouble = z.infer<typeof mailTroubleSchema>;
type Effect = MailTrouble["effect"];

const DELAY_MS = 100_000;

const answers: Partial<Record<Effect, { code: number; said: string }>> = {
  greylist: { code: 451, said: "4.7.1 Greylisted, please try again in a minute" },
  refuse: { code: 550, said: "5.1.1 No such user here" },
  refuse_content: { code: 554, said: "5.6.0 This is not taken here" },
  away: { code: 421, said: "4.3.2 Not at present" },
};

export class MailTroubles {
  #list: MailTrouble[] = [];
  #released = Promise.withResolvers<void>();

  all(): MailTrouble[] {
    return this.#list;
  }

  /** Replaces all switches, and lets whatever is slow go on. */
  replace(list: MailTrouble[]): void {
    this.#list = list.map((one) => ({ ...one }));
    this.#released.resolve();
    this.#released = Promise.withResolvers<void>();
  }

  /**
   * Carries out the first of these effects that there is a switch for.
   * @throws the refusal, with the code of the answer as `responseCode`
   */
  async meet(effects: readonly Effect[], address = ""): Promise<void> {
    const trouble = this.#list.find(
      ({ effect, addressIncludes = "" }) =>
        effects.includes(effect) && address.toLowerCase().includes(addressIncludes.toLowerCase()),
    );
    if (!trouble) return;
    if (trouble.times !== undefined) {
      trouble.times -= 1;
      if (trouble.times === 0) this.#list = this.#list.filter((other) => other !== trouble);
    }
    const answer = answers[trouble.effect];
    if (answer) throw Object.assign(new Error(answer.said), { responseCode: answer.code });
    const delay = sleep(trouble.delayMs ?? DELAY_MS, undefined, { ref: false });
    await Promise.race([delay, this.#released.promise]);
  }
}
