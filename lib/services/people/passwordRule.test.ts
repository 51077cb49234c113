import { expect, test } from "vitest";
import { isGuessable } from "./passwordRule.ts";

test.each([
  "1234567890",
  "Qwertyuiop",
  "password123",
  "Password2026!",
  "iloveyou!!!!",
  "          ",
  "aaaaaaaaaaaa",
  "121212121212",
  "abababababab",
])("%j is guessed at once", (password) => {
  expect(isGuessable(password)).toBe(true);
});

test.each([
  "mia@people.example",
  "Mia Marlow",
  "miamarlow",
  "mia@people.example1",
  "MiaMarlow2026",
])("%j is known to everybody who knows the person", (password) => {
  expect(isGuessable(password, ["Mia Marlow", "mia@people.example"])).toBe(true);
  expect(isGuessable("correct horse battery", ["Mia Marlow", "mia@people.example"])).toBe(false);
});

test.each([
  "correct horse battery",
  "Zug nach Ulm 7:12",
  "blauwal-gehege",
  "日本語の長い合言葉ですよ",
])("%j may be a password", (password) => {
  expect(isGuessable(password)).toBe(false);
});
