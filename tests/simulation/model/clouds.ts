/** The two services, as the model knows them. */
import type { Dice } from "#tests/simulation/machine/dice.ts";
import { Cloud, type Habits } from "./cloud.ts";

const MINUTE_MS = 60_000;
const lifetime = (dice: Dice) => () => dice.pick([2, 10, 60]) * MINUTE_MS;

const letters = (serial: number) =>
  [...serial.toString(26).padStart(10, "0")]
    .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26)))
    .join("");

export const meetCloud = (clock: () => Date, dice: Dice) =>
  new Cloud(
    {
      id: "google_meet",
      knowsKeys: true,
      rotates: false,
      oneConsent: false,
      revokesAll: true,
      writesPerDay: Number.POSITIVE_INFINITY,
      linksLackPasscode: false,
      lifetime: lifetime(dice),
      url: (serial) => {
        const code = letters(serial);
        return `https://meet.google.com/${code.slice(0, 3)}-${code.slice(3, 7)}-${code.slice(7)}`;
      },
    },
    clock,
  );

export const zoomCloud = (
  clock: () => Date,
  dice: Dice,
  of: Pick<Habits, "writesPerDay" | "linksLackPasscode">,
) =>
  new Cloud(
    {
      id: "zoom",
      knowsKeys: false,
      rotates: true,
      oneConsent: true,
      revokesAll: false,
      ...of,
      lifetime: lifetime(dice),
      url: (serial) => `https://zoom.us/j/${80_000_000_000 + serial}`,
    },
    clock,
  );
