/** The language that somebody has chosen without being signed in. */
import { cookies } from "next/headers";
import { isLanguage } from "#lib/platform/words.ts";
import { runtime } from "#server/runtime.ts";

const NAME = "segue_language";
const YEAR_SECONDS = 365 * 24 * 60 * 60;

export async function readLanguage(): Promise<string | null> {
  const id = (await cookies()).get(NAME)?.value;
  return id !== undefined && isLanguage(id) ? id : null;
}

export async function keepLanguage(id: string): Promise<void> {
  (await cookies()).set(NAME, id, {
    maxAge: YEAR_SECONDS,
    sameSite: "lax",
    httpOnly: true,
    secure: runtime().ctx.config.appUrl.startsWith("https://"),
    path: "/",
  });
}
