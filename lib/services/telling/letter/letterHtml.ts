/**
 * The one template of all mails. Styles stand in the tags, because mail programs drop style sheets; the one
 * style sheet here is for programs that have a dark mode and keep it.
 */
import type { Button, WholeLetter } from "./letterParts.ts";

const ink = "#1d1b26";
const quiet = "#5f5b6b";
const line = "#e4e1ec";
/** The app's violet has enough contrast with white text on it, and as text on both backgrounds. */
const accent = "#7048e8";

const dark = `@media (prefers-color-scheme: dark) {
  body, .ground { background: #17151d !important; color: #d9d6e3 !important; }
  .quiet { color: #a19eae !important; }
  .lesson { border-color: #3f3c4b !important; }
}`;

const safe = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const paragraph = (text: string): string => `<p style="margin:0 0 16px">${safe(text)}</p>`;

const buttonOf = ({ label, url }: Button): string =>
  `<a href="${safe(url)}" style="display:inline-block;padding:10px 20px;border-radius:8px;background:${accent};color:#ffffff;font-weight:600;text-decoration:none">${safe(label)}</a>`;

const lessonOf = ({ title, time, button }: WholeLetter["lessons"][number]): string =>
  `<div class="lesson" style="margin:0 0 16px;padding:16px;border:1px solid ${line};border-radius:12px"><p style="margin:0;font-weight:600">${safe(title)}</p><p class="quiet" style="margin:0 0 12px;color:${quiet}">${safe(time)}</p>${buttonOf(button)}</div>`;

/** Only our own address becomes a link, because a person's name may be an address too. */
const footerLine = (text: string, url: string): string =>
  text
    .split(url)
    .map(safe)
    .join(`<a href="${safe(url)}" style="color:inherit">${safe(url)}</a>`);

export function asHtml(letter: WholeLetter): string {
  const { greeting, paragraphs, lessons, closing, buttons, footer, footerUrl } = letter;
  const body = [
    ...[greeting, ...paragraphs].map(paragraph),
    ...lessons.map(lessonOf),
    ...(closing ? [paragraph(closing)] : []),
    ...buttons.map((button) => `<p style="margin:24px 0">${buttonOf(button)}</p>`),
    `<p class="quiet" style="margin:32px 0 0;color:${quiet};font-size:14px">${footer.map((text) => footerLine(text, footerUrl)).join("<br>")}</p>`,
  ].join("\n");
  return `<!doctype html>
<html lang="${safe(letter.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${safe(letter.subject)}</title>
<style>${dark}</style>
</head>
<body class="ground" style="margin:0;padding:24px;background:#ffffff;color:${ink};font:16px/1.5 Inter,system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div style="max-width:560px;margin:0 auto">
${body}
</div>
</body>
</html>`;
}
