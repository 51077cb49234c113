import { expect, test } from "vitest";
import { mailboxOf } from "./mailboxOf.ts";

test.each([
  ["mia@people.example", " Mia@People.Example"],
  ["mia@people.example", "mia+1@people.example"],
  ["mia@people.example", "MIA+a+b@people.example"],
  ["mialane@gmail.com", "mia.lane+x@googlemail.com"],
  ["mialane@gmail.com", "m.i.a.l.a.n.e@gmail.com"],
  ["mia.lane@people.example", "mia.lane@people.example"],
])("the mailbox %s is reached by %j", (mailbox, address) => {
  expect(mailboxOf(address)).toBe(mailbox);
});
