/**
 * Why a mail didn't go, by who can mend it. An answer of 4xx passes, one of 5xx lasts (RFC 5321, 4.2.1), and the
 * command that it answers says what it is about; the enhanced code (RFC 3463), where there is one, says so better.
 */
export const mailTroubles = [
  /** For good: nobody gets mail at this address. */
  "address",
  /** For good: the server doesn't take what this mail says, or its size. */
  "content",
  /** Until its operator mends it: we may not log in or send, or TLS fails. */
  "server",
  /** The server can't be reached at present. */
  "away",
  /** The server, or the recipient's, wants it later. */
  "later",
  /** The server, or the recipient's, took longer than it may. */
  "slow",
  /** We were told to stop. */
  "stopped",
] as const;
export type MailTrouble = (typeof mailTroubles)[number];

export class MailError extends Error {
  override readonly name = "MailError";
  readonly trouble: MailTrouble;

  constructor(message: string, options: ErrorOptions & { trouble: MailTrouble }) {
    super(message, options);
    this.trouble = options.trouble;
  }
}

/** What nodemailer's errors carry. */
interface SmtpError {
  code?: string;
  command?: string;
  responseCode?: number;
  response?: string;
}

const ofCode: Record<string, MailTrouble> = {
  EAUTH: "server",
  ENOAUTH: "server",
  EOAUTH2: "server",
  ETLS: "server",
  EREQUIRETLS: "server",
  ECONFIG: "server",
  EDNS: "away",
  EPROXY: "away",
  ECONNECTION: "away",
  ESOCKET: "away",
};

export function mailTroubleOf(error: unknown): MailTrouble {
  const { code = "", command = "", responseCode = 0, response = "" } = error as SmtpError;
  if (responseCode >= 500) return refusal(command, response);
  // A login that is put off (454) is no wrong password.
  if (responseCode >= 400) return "later";
  if (isCertificate(error)) return "server";
  if (code === "ETIMEDOUT") return command === "CONN" ? "away" : "slow";
  // Written into the address itself, before any server was asked.
  if (code === "EENVELOPE" && String(error).includes("Invalid recipient")) return "address";
  if (code === "EMESSAGE") return "content";
  return ofCode[code] ?? "away";
}

function refusal(command: string, response: string): MailTrouble {
  const [, subject, detail] = /^\d{3}[ -]5\.(\d{1,3})\.(\d{1,3})\b/.exec(response) ?? [];
  if (command !== "RCPT TO" && command !== "DATA") return "server";
  // X.1.7 and X.1.8 are about the sender's address; all else of X.1 and X.2 is about the recipient's.
  if (subject === "1") return detail === "7" || detail === "8" ? "server" : "address";
  if (subject === "2") return "address";
  if (command === "DATA") return "content";
  // X.7 is policy, and X.3 to X.5 are about servers: who sends, not who is to get it.
  return subject === undefined && namesMailbox(response) ? "address" : "server";
}

/**
 * Without an enhanced code most servers say the same 550 of a mailbox that they don't have and of a sender that they
 * don't like, so only the words tell. What they leave open counts as ours: it is tried again, and blames nobody.
 */
function namesMailbox(response: string): boolean {
  const words = response.replace(/\S*@\S*/g, "");
  // Exim quotes, as its reason against the sender, what the sender's own server said of a mailbox.
  return /^55\d/.test(words) && !/\bsender\b|\brelay/i.test(words) && noMailbox.test(words);
}

const noMailbox =
  /\b(no such|unknown|invalid) (local )?(user|mailbox|recipient)\b|\b(user|mailbox|recipient)( for| is| was)*\s+(unknown|unavailable|full|not found|(does not|doesn.t) exist)\b/i;

const isCertificate = (error: unknown): boolean =>
  /certificate|CERT_|SELF_SIGNED|ERR_TLS|ERR_SSL|wrong version number/i.test(
    `${(error as SmtpError).code} ${error instanceof Error ? error.message : ""}`,
  );
