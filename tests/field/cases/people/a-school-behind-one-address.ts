import { newPerson, PASSWORD } from "#tests/e2e/people.ts";
import type { FieldCase } from "../../fieldCase.ts";

const CLASS = 30;
const SIGN_INS = 75;

export const fieldCase: FieldCase = {
  situation: `${CLASS} people sign up at once from one address, then five sign in there again and again`,
  right: "nobody is refused",
  async play({ app, browser }) {
    const post = async (path: string, body: object) =>
      (
        await fetch(`${app.url}/api/account${path}`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ timeZone: "Europe/Berlin", password: PASSWORD, ...body }),
        })
      ).status;
    const name = (index: number) => `Pupil ${"abcdefghijklmnopqrstuvwxyzäöüß"[index]}`;
    const signedUp = await Promise.all(
      Array.from({ length: CLASS }, (_, index) =>
        post("/sign-up/email", {
          name: name(index),
          role: "student",
          email: `pupil-${index}@people.example`,
        }),
      ),
    );
    const five = await Promise.all(
      ["One", "Two", "Three", "Four", "Five"].map((of) =>
        newPerson(browser, app, { role: "student", name: `Student ${of}` }),
      ),
    );
    const signedIn: number[] = [];
    while (signedIn.length < SIGN_INS) {
      signedIn.push(
        ...(await Promise.all(five.map(({ email }) => post("/sign-in/email", { email })))),
      );
    }
    const refused = [...signedUp, ...signedIn].filter((status) => status !== 200);
    return {
      isRight: refused.length === 0,
      seen: `${signedUp.length} sign-ups and ${signedIn.length} sign-ins, ${refused.length} refused ${refused}`,
    };
  },
};
