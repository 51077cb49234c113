/**
 * How long anything that is outside may take, and how long it is ours meanwhile. There is one order, which
 * `patience.test.ts` holds: a call gives up before its lease ends, and a lease ends before the job that works
 * under it counts as dead. Otherwise a slow answer is worked on twice.
 */

/** In milliseconds. No method of a provider takes longer. */
export const CALL_TIMEOUT_MS = 7_000;
/** Of a row in the ledger, a refresh, a revocation and a probe: each covers one call and nothing else. */
export const CALL_LEASE_SECONDS = 10;
/** By then whoever holds the lease of a refresh has stored tokens, failed or died. */
export const REFRESH_WAIT_SECONDS = 12;
/** A run for one tutor begins nothing new after this, and asks for another run instead. */
export const RUN_SECONDS = 10;
/** In each minute, connections that cool are refreshed for so long; the rest is for the next minute. */
export const WARM_RUN_SECONDS = 20;
/** The same for each other thing that a minute's work does for many people, of which none calls a provider. */
export const ROUND_SECONDS = 10;
/**
 * Of one consent: its calls with their repetitions, and a look at each of the tutor's connections that it may have
 * ended. By then whoever is at work on it has answered or died.
 */
export const CONSENT_SECONDS = 180;

/** Until the mail server is reached, has greeted and speaks TLS. Some greet late on purpose. */
export const MAIL_CONNECT_MS = 60_000;
/** Until the mail server has accepted sender and recipient (RFC 5321, 4.5.3.2.3, asks for five minutes). */
export const MAIL_ACCEPT_MS = 300_000;
/**
 * From the mail's last line until the server has said that it has it (RFC 5321, 4.5.3.2.6). Whoever gives up
 * earlier sends a mail twice that the server was about to accept.
 */
export const MAIL_STORE_MS = 600_000;
/** Of one mail: longer than all that it may take to send it. */
export const MAIL_LEASE_SECONDS = 960;
/** A mail is tried for at least four to five days (RFC 5321, 4.5.4.1): that outlasts a long weekend. */
export const MAIL_TRIED_DAYS = 5;

/** Of what one process does for the whole house. When it dies, another goes on after this. */
export const DUTY_LEASE_SECONDS = 5;

/** Without a heartbeat for this long a worker counts as dead, and another one takes its job. */
export const HEARTBEAT_SECONDS = 10;
/**
 * Of a job. Mails aren't sent inside one: their job only has them begun, so the order above doesn't depend on
 * how many are on their way.
 */
export const JOB_EXPIRY_SECONDS = 120;
/** The check of all tutors' links begins with no other tutor after this. */
export const LINKS_RUN_SECONDS = 3_000;
/** Less than the hour after which the next check begins. */
export const LINKS_EXPIRY_SECONDS = 3_300;
/** Of an answer without the waiting for a switch: the longest, a consent's, makes two calls to a provider before that. */
const ANSWER_MS = 17_000;
/** For the answers that are under way when a web process is told to stop. Which of them wait for a switch is a setting. */
export const finishMs = (switchWaitSeconds: number): number => ANSWER_MS + switchWaitSeconds * 1000;
/** For what is under way when a process is told to stop; then others go on with it. */
export const STOP_MS = 5_000;
