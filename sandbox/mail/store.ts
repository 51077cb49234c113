/** The mails that were received, parsed once on arrival. */
import PostalMime from "postal-mime";
import type { Collection } from "#sandbox/state.ts";
import type { World } from "#sandbox/world.ts";

export interface StoredAttachment {
  filename: string;
  mimeType: string;
  base64: string;
}

export interface StoredMail {
  id: string;
  from: string;
  /** The addresses of the envelope, in lower case. */
  to: string[];
  subject: string;
  text: string;
  html: string | null;
  receivedAt: string;
  attachments: StoredAttachment[];
}

export const mailsOf = (world: World): Collection<StoredMail> =>
  world.journal.collection<StoredMail>("mails");

export async function keepMail(
  world: World,
  raw: Buffer,
  envelope: { from: string; to: string[] },
): Promise<void> {
  const parsed = await PostalMime.parse(raw, { attachmentEncoding: "base64" });
  const id = String(mailsOf(world).values().length + 1);
  mailsOf(world).set(id, {
    id,
    from: parsed.from?.address ?? envelope.from,
    to: envelope.to.map((address) => address.toLowerCase()),
    subject: parsed.subject ?? "",
    text: parsed.text ?? "",
    html: parsed.html ?? null,
    receivedAt: world.clock().toISOString(),
    attachments: parsed.attachments.map((attachment, index) => ({
      filename: attachment.filename ?? `attachment-${index + 1}`,
      mimeType: attachment.mimeType,
      base64: String(attachment.content),
    })),
  });
}
