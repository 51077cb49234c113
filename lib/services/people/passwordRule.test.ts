import { expect, test } from "vitest";
import { isGuessable, PASSWORD_LENGTH } from "./passwordRule.ts";

const guessed = {
  common: [
    "1234567890",
    "password123",
    "Password2026!",
    "iloveyou!!!!",
    "2026Sommer!",
    "hallo12345",
  ],
  "common with signs for letters": ["P@ssw0rd!!", "p4$$w0rd123", "1l0v3y0u1234"],
  "words and a year": ["Willkommen2026!", "Nachhilfe2026!", "tutor2026!", "Passw0rt123!"],
  "a word of our pages, in whatever language": ["Contraseña2026!", "Reservas2026!", "alumnado2026"],
  "two words that go together": [
    "happy birthday",
    "mein passwort",
    "ichliebedich1",
    "mi contraseña",
  ],
  "one word twice": ["passwort passwort", "qwertz qwertz", "contraseña contraseña"],
  "a name": ["thomas.mueller", "sarahconnor"],
  backwards: ["drowssap123", "0987654321"],
  "said twice": ["letmeinletmein", "passwordpassword", "trustno1trustno1", "monkeymonkey"],
  "one sign after another": ["abcdefghij", "zyxwvutsrq", "     abcde", "23456789012"],
  "along the keyboard": [
    "Qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "1q2w3e4r5t",
    "asdfghjkl1",
    "qazwsxedcrfv",
    "!QAZ2wsx#EDC",
  ],
  "few signs": [
    "          ",
    "aaaaaaaaaaaa",
    "aaaaabbbbb",
    "121212121212",
    "abababababab",
    "abcabcabcabc",
  ],
  "a day": ["01.01.2000", "2026-11-29", "29.11.2026!"],
  "the name of Segue": ["segue12345", "Segue2026!", "segue-segue", "euges12345", "seguesegue"],
};

test.each(Object.entries(guessed))("what is %s is guessed at once", (_, passwords) => {
  for (const password of passwords)
    expect([password, isGuessable(password)]).toEqual([password, true]);
});

test.each([
  "mia@people.example",
  "Mia Marlow",
  "miamarlow",
  "mia@people.example1",
  "MiaMarlow2026",
  "Mia.Marlow!",
  "marlow mia 1",
  "wolram.aim",
  "marlowmarlow",
  "people.example",
])("%j is known to everybody who knows the person", (password) => {
  expect(isGuessable(password, ["Mia Marlow", "mia@people.example"])).toBe(true);
});

const sound = [
  "correct horse battery",
  "correct horse battery staple",
  "correcthorsebatterystaple",
  "Correct-Horse-Battery-Staple",
  "staple, correct horse",
  "violet tramway 91 otter",
  "lamp river tiger bread",
  "Zug nach Ulm 7:12",
  "blauwal-gehege",
  "kaktus trompete nebel ofen",
  "Apfelkuchen mit Sahne!",
  "drei wilde Esel tanzen",
  "tres tristes tigres comen trigo",
  "caballo grapa correcto pila",
  "x7Kq!mP2vL",
  "4829105736 18",
  "кот пошёл гулять вечером",
  "日本語の長い合言葉ですよ",
];

test.each(sound)("%j may be a password, whoever's it is", (password) => {
  expect(isGuessable(password)).toBe(false);
  expect(isGuessable(password, ["Mia Marlow", "mia@people.example"])).toBe(false);
  expect(isGuessable(password, ["Ng", "o@x.example"])).toBe(false);
});

test("a password may hold the person's name, if there is more to it", () => {
  expect(isGuessable("Mia mag Marmelade im Mai", ["Mia Marlow"])).toBe(false);
});

test("what is beyond the length that is judged takes nothing away from a sound beginning", () => {
  const long = "violet tramway 91 otter ".repeat(6).slice(0, PASSWORD_LENGTH.max);
  expect(isGuessable(`${long.slice(0, 100)}x7Kq!mP2vL`)).toBe(false);
  expect(isGuessable("a".repeat(PASSWORD_LENGTH.max))).toBe(true);
});
