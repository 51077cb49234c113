/** The inbox: every mail that was sent, whoever it was for. */
import { type Exchange, html, json, type Reply, type Router } from "#sandbox/http.ts";
import { mailsOf, type StoredMail } from "#sandbox/mail/store.ts";
import { type Html, markup } from "#sandbox/pages/html.ts";
import { page, refusalPage } from "#sandbox/pages/layout.ts";
import type { World } from "#sandbox/world.ts";

const newestFirst = (world: World): StoredMail[] => mailsOf(world).values().reverse();

const time = (mail: StoredMail): Html =>
  markup`<time datetime="${mail.receivedAt}">${mail.receivedAt.slice(0, 16).replace("T", " ")} UTC</time>`;

function listPage(world: World): Reply {
  const rows = newestFirst(world).map(
    (mail) => markup`<tr><td>${mail.to.join(", ")}</td>
<td><a href="/inbox/${mail.id}">${mail.subject || "(no subject)"}</a></td><td>${time(mail)}</td></tr>`,
  );
  const table = markup`<table><thead><tr><th scope="col">To</th><th scope="col">Subject</th><th scope="col">Time</th></tr></thead>
<tbody>${rows}</tbody></table>`;
  return html(
    200,
    page(
      "Inbox",
      markup`<h1>Inbox</h1>
${rows.length > 0 ? table : markup`<p class="quiet">No mail yet. What Segue sends will appear here.</p>`}`,
      true,
    ),
  );
}

/** Shows a mail without scripts. Its links open outside the frame. */
function frame(content: string): Html {
  const source = `<base target="_blank">${content}`;
  return markup`<iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${source}"></iframe>`;
}

function mailPage(world: World, exchange: Exchange): Reply {
  const mail = mailsOf(world).get(exchange.params.id ?? "");
  if (!mail) return html(404, refusalPage("No such mail", "It is not in this inbox."));
  const attachments = mail.attachments.map(
    (attachment, index) =>
      markup`<li><a href="/inbox/${mail.id}/attachments/${index}" download>${attachment.filename}</a> <span class="quiet">${attachment.mimeType}</span></li>`,
  );
  return html(
    200,
    page(
      mail.subject || "(no subject)",
      markup`<p><a href="/inbox">Inbox</a></p><h1>${mail.subject || "(no subject)"}</h1>
<dl><dt>From</dt><dd>${mail.from}</dd><dt>To</dt><dd>${mail.to.join(", ")}</dd><dt>Time</dt><dd>${time(mail)}</dd></dl>
${mail.html === null ? null : frame(mail.html)}
<h2>Text</h2><pre>${mail.text}</pre>
${attachments.length > 0 ? markup`<h2>Attachments</h2><ul>${attachments}</ul>` : null}`,
      true,
    ),
  );
}

function download(world: World, exchange: Exchange): Reply {
  const mail = mailsOf(world).get(exchange.params.id ?? "");
  const attachment = mail?.attachments[Number(exchange.params.index)];
  if (!attachment) return html(404, refusalPage("No such attachment", "It is not in this inbox."));
  const name = encodeURIComponent(attachment.filename);
  return new Response(Buffer.from(attachment.base64, "base64"), {
    headers: {
      "content-type": attachment.mimeType,
      "content-disposition": `attachment; filename*=UTF-8''${name}`,
      "x-content-type-options": "nosniff",
    },
  });
}

/** Text attachments are decoded, so that a test can read a calendar file. */
function forTests(mail: StoredMail) {
  return {
    ...mail,
    attachments: mail.attachments.map(({ filename, mimeType, base64 }) => ({
      filename,
      mimeType,
      base64,
      ...(mimeType.startsWith("text/") && { text: Buffer.from(base64, "base64").toString("utf8") }),
    })),
  };
}

function asJson(world: World, exchange: Exchange): Reply {
  const to = exchange.url.searchParams.get("to")?.toLowerCase();
  const mails = newestFirst(world).filter((mail) => to === undefined || mail.to.includes(to));
  return json(200, mails.map(forTests));
}

export function inboxRoutes(router: Router, world: World): void {
  router
    .on("GET", "/inbox", () => listPage(world))
    .on("GET", "/inbox.json", (exchange) => asJson(world, exchange))
    .on("GET", "/inbox/:id", (exchange) => mailPage(world, exchange))
    .on("GET", "/inbox/:id/attachments/:index", (exchange) => download(world, exchange));
}
