/** A page without script or style, for what is refused before the app is asked. */
import { wordsFor } from "#lib/platform/words.ts";
import type { Refusal } from "#lib/services/verb/errors.ts";

export function plainPage(refused: Refusal, language: string): Response {
  const sentence = refused.inLanguage(language);
  const home = wordsFor(language, "shell.notFound")("action");
  return new Response(
    `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Segue</title>
</head>
<body>
<main>
<h1>${sentence}</h1>
<p><a href="/">${home}</a></p>
</main>
</body>
</html>
`,
    {
      status: refused.status,
      headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    },
  );
}
