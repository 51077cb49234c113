import { expect, test } from "vitest";
import * as patience from "./patience.ts";

test("a call to a provider gives up before its lease ends, and the lease ends before its job counts as dead", () => {
  inOrder(
    patience.CALL_TIMEOUT_MS,
    patience.CALL_LEASE_SECONDS * SECOND,
    patience.REFRESH_WAIT_SECONDS * SECOND,
    patience.JOB_EXPIRY_SECONDS * SECOND,
  );
});

test("a run's last call ends before its job counts as dead", () => {
  const { RUN_SECONDS, REFRESH_WAIT_SECONDS, CALL_TIMEOUT_MS } = patience;
  // A step may wait for somebody else's refresh, refresh by itself and then make its call. A check also waits for the
  // pace, and does all of that twice where its token was refused.
  const CHECK_PATIENCE = 15 * SECOND;
  const last =
    RUN_SECONDS * SECOND +
    2 * (REFRESH_WAIT_SECONDS * SECOND + 2 * CALL_TIMEOUT_MS + CHECK_PATIENCE);
  inOrder(last, patience.JOB_EXPIRY_SECONDS * SECOND);
});

test("a minute's work ends before its job counts as dead, however slow providers are", () => {
  const { WARM_RUN_SECONDS, ROUND_SECONDS, REFRESH_WAIT_SECONDS, CALL_TIMEOUT_MS } = patience;
  // A connection's last refresh may wait for somebody else's. Beside it there are at most four rounds.
  const warm = (WARM_RUN_SECONDS + REFRESH_WAIT_SECONDS) * SECOND + CALL_TIMEOUT_MS;
  inOrder(warm + 4 * ROUND_SECONDS * SECOND, patience.JOB_EXPIRY_SECONDS * SECOND);
});

test("a consent counts as dead only after its slowest calls, with a look at three connections besides", () => {
  const { CONSENT_SECONDS, REFRESH_WAIT_SECONDS, CALL_TIMEOUT_MS } = patience;
  // The exchange, three tries to read the account with their pauses, and the revocation.
  const calls = 5 * CALL_TIMEOUT_MS + SECOND;
  // To open a connection, to ask, and to renew it where it was refused; both may wait for somebody else's refresh.
  const look = 2 * REFRESH_WAIT_SECONDS * SECOND + 3 * CALL_TIMEOUT_MS;
  inOrder(calls + 3 * look, CONSENT_SECONDS * SECOND);
});

test("a mail is given up before its lease ends, so a slow server never gets it from two", () => {
  const { MAIL_CONNECT_MS, MAIL_ACCEPT_MS, MAIL_STORE_MS, MAIL_LEASE_SECONDS } = patience;
  inOrder(MAIL_CONNECT_MS, MAIL_ACCEPT_MS, MAIL_STORE_MS);
  inOrder(MAIL_ACCEPT_MS + MAIL_STORE_MS, MAIL_LEASE_SECONDS * SECOND - A_STALL);
  inOrder(MAIL_LEASE_SECONDS * SECOND, patience.MAIL_TRIED_DAYS * 24 * HOUR);
});

test("a mail server has the time that RFC 5321 wants it to have", () => {
  expect(patience.MAIL_ACCEPT_MS).toBeGreaterThanOrEqual(5 * 60 * SECOND);
  expect(patience.MAIL_STORE_MS).toBeGreaterThanOrEqual(10 * 60 * SECOND);
  expect(patience.MAIL_TRIED_DAYS).toBeGreaterThanOrEqual(4);
});

test("one check of all links ends before the next one begins", () => {
  inOrder(patience.LINKS_RUN_SECONDS * SECOND, patience.LINKS_EXPIRY_SECONDS * SECOND, HOUR);
});

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
/** A process may stand still for a while between its timer and its lease. */
const A_STALL = 30 * SECOND;

const inOrder = (...times: number[]) => {
  expect(times).toEqual([...times].sort((one, other) => one - other));
  expect(new Set(times).size).toBe(times.length);
};
