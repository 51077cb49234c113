import { expect, test } from "vitest";
import { mailboxOf } from "./rules.ts";

test.each([
  ["ada@people.example", "ada@people.example"],
  ["ada+kid@people.example", "ada@people.example"],
  ["a.d.a@people.example", "a.d.a@people.example"],
  ["a.d.a+kid.1@gmail.com", "ada@gmail.com"],
  ["ada@googlemail.com", "ada@gmail.com"],
  ["ada+a+b@people.example", "ada@people.example"],
  ["+ada@people.example", "+ada@people.example"],
  ["+ada+kid@people.example", "+ada@people.example"],
])("%s is the mailbox %s", (email, mailbox) => {
  expect(mailboxOf(email)).toBe(mailbox);
});
