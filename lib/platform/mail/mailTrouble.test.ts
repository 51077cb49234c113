import { expect, test } from "vitest";
import { mailTroubleOf } from "./mailTrouble.ts";

test.each([
  ["550 5.1.1 No such user", "RCPT TO", "address"],
  ["550 No such user here", "RCPT TO", "address"],
  ["550 Requested action not taken: mailbox unavailable", "RCPT TO", "address"],
  ["553 <sam@people.example>: Recipient address rejected: User unknown", "RCPT TO", "address"],
  ["550 User sam@people.example does not exist", "RCPT TO", "address"],
  ["550 Mailbox for sam@people.example not found", "RCPT TO", "address"],
  ["550 Unknown user", "RCPT TO", "address"],
  ["552 5.2.2 Mailbox full", "RCPT TO", "address"],
  ["550 5.1.1 User unknown", "DATA", "address"],
  ["554 5.7.1 Relay access denied", "RCPT TO", "server"],
  ["554 Relay access denied", "RCPT TO", "server"],
  ["550 Sender verify failed", "RCPT TO", "server"],
  [
    "550-Verification failed for <segue@here.example>\n550-No such user here\n550 Sender verify failed",
    "RCPT TO",
    "server",
  ],
  [
    "554 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
    "RCPT TO",
    "server",
  ],
  ["550 SPF check failed", "RCPT TO", "server"],
  ["550 Recipient address rejected: Access denied", "RCPT TO", "server"],
  ["530 Authentication required", "RCPT TO", "server"],
  ["503 need MAIL before RCPT", "RCPT TO", "server"],
  ["550 Administrative prohibition", "RCPT TO", "server"],
  ["550 5.7.26 SPF and DKIM are missing", "RCPT TO", "server"],
  ["553 5.1.8 Sender address rejected: domain not found", "RCPT TO", "server"],
  ["550 5.1.0 Sender refused", "MAIL FROM", "server"],
  ["535 5.7.8 Wrong password", "AUTH PLAIN", "server"],
  ["554 No SMTP service here", "CONN", "server"],
  ["554 5.6.0 This looks like spam", "DATA", "content"],
  ["552 5.3.4 Too big", "DATA", "content"],
  ["450 4.2.0 Greylisted", "RCPT TO", "later"],
  ["421 4.3.2 Shutting down", "CONN", "later"],
  ["454 4.7.0 Try to log in later", "AUTH PLAIN", "later"],
])("%s to %s is about: %3$s", (response, command, trouble) => {
  const responseCode = Number(response.slice(0, 3));
  expect(mailTroubleOf({ code: "EENVELOPE", command, response, responseCode })).toBe(trouble);
});

test.each([
  [{ code: "ETIMEDOUT", command: "CONN" }, "away"],
  [{ code: "ETIMEDOUT", command: "RCPT TO" }, "slow"],
  [{ code: "ECONNECTION" }, "away"],
  [{ code: "EDNS" }, "away"],
  [{ code: "ETLS" }, "server"],
  [Object.assign(new Error("self signed certificate"), { code: "ESOCKET" }), "server"],
  [new Error("whatever"), "away"],
])("without an answer, %o means: %s", (error, trouble) => {
  expect(mailTroubleOf(error)).toBe(trouble);
});
