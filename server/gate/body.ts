/**
 * A request's body is read whole before Next sees the request. Next copies bodies while it reads them, and where
 * one breaks off in the middle it reports a fault of its own for it and leaves the copy waiting for ever.
 */
import { IncomingMessage } from "node:http";
import { Refusal } from "#lib/services/verb/errors.ts";
import { MAX_BODY_BYTES } from "#server/headers.ts";

/** So much more is read and thrown away, because few programs look at an answer before they have sent all. */
const MOST_BYTES = 10 * 1024 * 1024;

/**
 * @returns the same request with its body at hand; null where the sender broke off
 * @throws Refusal `too_large`
 */
export async function whole(request: IncomingMessage): Promise<IncomingMessage | null> {
  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared === 0 && request.headers["transfer-encoding"] === undefined) return request;
  const body = declared > MOST_BYTES ? tooLarge() : await read(request);
  return body && withBody(request, body);
}

const tooLarge = (): never => {
  throw new Refusal("too_large", "tooLarge");
};

async function read(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Leaving the loop must not cut the connection: there is still an answer to give.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
      if (size > MOST_BYTES) break;
    }
  } catch {
    // Only the connection can fail here, and then nobody is left to be answered.
    return null;
  }
  return size > MAX_BODY_BYTES ? tooLarge() : Buffer.concat(chunks);
}

/** A stream that has been read to its end can't be given back to itself. */
function withBody(request: IncomingMessage, body: Buffer): IncomingMessage {
  const again = new IncomingMessage(request.socket);
  const { method, url, httpVersion, httpVersionMajor, httpVersionMinor } = request;
  const { rawHeaders, headers, rawTrailers, trailers } = request;
  Object.assign(again, {
    ...{ method, url, httpVersion, httpVersionMajor, httpVersionMinor },
    ...{ rawHeaders, headers, rawTrailers, trailers },
    complete: true,
  });
  again.push(body);
  again.push(null);
  return again;
}
