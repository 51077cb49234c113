/** While the database is away, people get a page that says so and reloads by itself. */
import { sql } from "kysely";
import { type NextRequest, NextResponse } from "next/server";
import { languageOf, wordsFor } from "#lib/platform/words.ts";
import { newShield } from "./gate/shield.ts";
import { isDatabaseAway } from "./problem.ts";
import { runtime } from "./runtime.ts";

const TRY_AGAIN_SECONDS = 5;

/** Makes one short query. Only an absent database counts: the page itself deals with any other fault. */
export async function isAway(): Promise<boolean> {
  const { database, ctx } = runtime();
  try {
    await sql`select 1`.execute(database.db);
    return false;
  } catch (error) {
    ctx.log.error({ err: error }, "The database doesn't answer");
    return isDatabaseAway(error);
  }
}

/** The page to send instead of the one that somebody opens while there is no database; null: continue. */
export async function pageWhileAway(request: NextRequest): Promise<NextResponse | null> {
  const isPage =
    request.method === "GET" &&
    !request.nextUrl.pathname.startsWith("/api/") &&
    request.headers.get("accept")?.includes("text/html");
  return isPage && (await isAway())
    ? awayPage(languageOf(request.headers.get("accept-language")))
    : null;
}

/** Uses nothing but the catalog and no script, so it can be shown whatever else is broken. */
function awayPage(language: string): NextResponse {
  const { nonce, headers } = newShield();
  const words = wordsFor(language, "away");
  return new NextResponse(
    `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${TRY_AGAIN_SECONDS}">
<title>${words("title")}</title>
<style nonce="${nonce}">
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 32rem; margin: 20vh auto 0; padding: 0 1rem; }
</style>
</head>
<body>
<main>
<h1>${words("title")}</h1>
<p>${words("text")}</p>
<p>${words("now")}</p>
</main>
</body>
</html>
`,
    {
      status: 503,
      headers: {
        ...headers,
        "content-type": "text/html; charset=utf-8",
        "retry-after": String(TRY_AGAIN_SECONDS),
        "cache-control": "no-store",
      },
    },
  );
}
