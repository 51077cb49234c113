/** The frame of every sandbox page: a banner that says what the page is, and one column, light or dark. */
import { type Html, markup, Html as Raw } from "#sandbox/pages/html.ts";

const style = new Raw(`<style>
:root{color-scheme:light dark;--ground:#f4f5f7;--card:#fff;--ink:#1b1f27;--quiet:#596170;--line:#d8dce3;--accent:#1f5fd0;--on-accent:#fff;--banner:#fff1c9;--banner-ink:#5a4300}
@media (prefers-color-scheme:dark){:root{--ground:#14171c;--card:#1d2128;--ink:#eceff4;--quiet:#a3acba;--line:#363d48;--accent:#8db4ff;--on-accent:#0d1a33;--banner:#3d3210;--banner-ink:#ffe39a}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
.banner{background:var(--banner);color:var(--banner-ink);padding:8px 16px;text-align:center;font-size:14px}
main{max-width:560px;margin:24px auto;padding:24px;background:var(--card);border:1px solid var(--line);border-radius:12px}
main.wide{max-width:880px}
h1{font-size:24px;line-height:1.25;margin:0 0 8px}
h2{font-size:16px;margin:24px 0 8px}
p{margin:0 0 16px}
.quiet{color:var(--quiet)}
fieldset{border:0;padding:0;margin:0 0 24px}
legend{font-weight:600;padding:0;margin-bottom:8px}
label.row{display:flex;gap:12px;align-items:center;padding:10px 12px;border:1px solid var(--line);border-radius:8px;margin-bottom:8px;overflow-wrap:anywhere}
label.row:has(:checked){border-color:var(--accent)}
input[type=email]{font:inherit;width:100%;padding:10px 12px;border:1px solid var(--line);border-radius:8px;background:var(--card);color:var(--ink)}
.other{display:none}
form:has([value=other]:checked) .other{display:block}
.actions{display:flex;gap:12px;flex-wrap:wrap}
button{font:inherit;font-weight:600;padding:10px 24px;min-height:44px;border-radius:8px;border:1px solid var(--line);background:var(--card);color:var(--ink);cursor:pointer}
button.main{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
a{color:var(--accent)}
dl{display:grid;grid-template-columns:auto 1fr;gap:4px 16px;margin:0 0 16px}
dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
table{width:100%;border-collapse:collapse}
th,td{text-align:left;padding:8px;border-bottom:1px solid var(--line);overflow-wrap:anywhere;vertical-align:top}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--ground);padding:16px;border-radius:8px}
iframe{width:100%;height:60vh;border:1px solid var(--line);border-radius:8px;background:#fff}
@media (max-width:600px){main{margin:0;border:0;border-radius:0;padding:16px}}
</style>`);

export function page(title: string, content: Html, wide = false): string {
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,"><title>${title}</title>${style}</head>
<body><div class="banner" role="note"><strong>Sandbox</strong> · a stand-in on this computer; nothing here reaches the real service</div>
<main${wide && new Raw(' class="wide"')}>${content}</main></body></html>
`.text;
}

/** A refusal that stays on the provider's own page. */
export const refusalPage = (heading: string, words: string): string =>
  page(heading, markup`<h1>${heading}</h1><p>${words}</p>`);
