/**
 * For each test somebody who has just signed up by the real sign-in, and what the tests about accounts need of
 * mails and sign-ins.
 */
import { beforeAll, beforeEach, expect } from "vitest";
import { sha256 } from "#lib/platform/crypto.ts";
import { askAgain } from "#lib/services/people/askToConfirm.ts";
import { lookAtConfirmation } from "#lib/services/people/confirmAddress.ts";
import type { Person } from "#lib/services/verb/context.ts";
import { type Auth, createAuth } from "#server/auth.ts";
import { scene } from "#tests/harness/scene.ts";

export const PASSWORD = "correct horse battery";

/** Call this once, at the top of a test file. */
export function accountScene() {
  const { segue } = scene({ shared: true });
  const mia = {} as Person;
  let auth: Auth;
  let count = 0;
  beforeAll(() => {
    auth = createAuth(segue.ctx);
  });
  beforeEach(async () => {
    count += 1;
    Object.assign(mia, await signUp(`mia${count}@people.example`));
  });

  let senders = 0;
  function ask(what: string, body: object): Promise<Response> {
    senders += 1;
    return auth.handler(
      new Request(`${segue.ctx.config.appUrl}/api/account/${what}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-segue-client": `203.0.113.${senders % 250}`,
        },
        body: JSON.stringify(body),
      }),
    );
  }

  async function signUp(email: string): Promise<Person> {
    const timeZone = "Europe/Berlin";
    const answer = await ask("sign-up/email", {
      email,
      password: PASSWORD,
      name: "Mia",
      role: "student",
      timeZone,
    });
    const { id } = (await answer.json()).user;
    await segue.rows(`update people set created_at = '${segue.clock().toISOString()}'
      where id = '${id}' returning 1`);
    return {
      id,
      email,
      name: "Mia",
      role: "student",
      timeZone,
      language: "en",
      clockHours: 24,
      isConfirmed: false,
    };
  }

  const enter = (password: string, email = mia.email) => ask("sign-in/email", { email, password });
  const status = async (password: string, email?: string) => (await enter(password, email)).status;
  const signIn = async (password: string) =>
    (await enter(password)).headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const knows = async (cookie: string) =>
    (await auth.api.getSession({ headers: new Headers({ cookie }) })) !== null;

  async function asked(): Promise<string> {
    await askAgain(segue.ctx, mia);
    const token = await tokenTo(mia.email);
    // What is kept of it opens nothing.
    expect(await lookAtConfirmation(segue.ctx, mia.id, sha256(token))).toBeNull();
    return token;
  }

  const textsTo = (email: string) =>
    segue.rows(`select t.text_body from private.mail_texts t join mails m on m.id = t.mail_id
      where t.to_email = '${email}' order by m.created_at desc, m.ctid desc`);
  const mailsTo = async (email: string) => (await textsTo(email)).length;

  async function tokenTo(email: string, but = ""): Promise<string> {
    const texts = (await textsTo(email)).map(({ text_body: text }) => String(text));
    return (
      texts
        .map((text) => /confirm-address\?token=(\S+)/.exec(text)?.[1])
        .find((found) => found && found !== but) ?? ""
    );
  }

  async function resetToken(): Promise<string> {
    const seen = new Set((await textsTo(mia.email)).map(({ text_body: text }) => text));
    await ask("request-password-reset", { email: mia.email });
    const text = (await textsTo(mia.email)).find(
      ({ text_body: body }) => !seen.has(body),
    )?.text_body;
    return /reset-password\?token=(\S+)/.exec(String(text))?.[1] ?? "";
  }

  const reset = async (token: string) =>
    (await ask("reset-password", { token, newPassword: "zug nach ulm um sieben" })).status;

  const isConfirmed = async () =>
    (await segue.rows(`select confirmed_at from people where id = '${mia.id}'`))[0]
      ?.confirmed_at !== null;
  const addressOf = async () =>
    (await segue.rows(`select email from private.addresses where person_id = '${mia.id}'`))[0]
      ?.email;
  const left = async (table: string, column = "person_id", id = mia.id) =>
    (await segue.rows(`select from ${table} where ${column} = '${id}'`)).length;

  return {
    segue,
    mia,
    /** Differs for each test. */
    own: (name: string) => `${name}${count}@people.example`,
    ask,
    signUp,
    enter,
    status,
    signIn,
    knows,
    asked,
    textsTo,
    mailsTo,
    tokenTo,
    resetToken,
    reset,
    isConfirmed,
    addressOf,
    left,
  };
}
