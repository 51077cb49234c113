import { wordsFor } from "#lib/platform/words.ts";
import type { Recipient } from "#lib/services/telling/recipients.ts";
import type { Context } from "#lib/services/verb/context.ts";
import type { Letter } from "./letterParts.ts";

const pages = { seeLessons: "/sessions", seeBookings: "/bookings" } as const;

/** Leads to a page that asks for a sign-in, so whoever is mailed in somebody else's name gets none. */
export const buttonTo = (
  { config }: Pick<Context, "config">,
  to: Pick<Recipient, "language" | "ask">,
  page: keyof typeof pages,
): Pick<Letter, "button"> =>
  to.ask
    ? {}
    : {
        button: {
          label: wordsFor(to.language, "mails")(page),
          url: `${config.appUrl}${pages[page]}`,
        },
      };
