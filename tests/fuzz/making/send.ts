/** Sends a request as it stands: `fetch` would tidy up its path, its headers and its text. */
import { Agent, type IncomingMessage, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

export interface Sent {
  method: string;
  /** Path and query, already encoded, well or badly. */
  path: string;
  /** A name may come twice. */
  headers: readonly (readonly [name: string, value: string])[];
  body: Buffer | null;
}

export interface Received {
  status: number;
  headers: IncomingMessage["headers"];
  text: string;
}

const ANSWER_WITHIN_MS = 60_000;
const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** @throws where there is no answer at all, which is a finding */
export async function send(url: string, sent: Sent): Promise<Received> {
  // The server may close a connection that was kept just as we use it, which says nothing about the request.
  try {
    return await sendOnce(url, sent);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ECONNRESET") throw error;
    await delay(5);
    return sendOnce(url, sent);
  }
}

function sendOnce(url: string, { method, path, headers, body }: Sent): Promise<Received> {
  const { hostname, port, host } = new URL(url);
  const named = (name: string) => headers.some(([given]) => given.toLowerCase() === name);
  const all = [
    ...(named("host") ? [] : ([["host", host]] as const)),
    ...headers,
    ...(body === null ? [] : ([["content-length", `${body.length}`]] as const)),
  ];
  return new Promise((settle, reject) => {
    const asked = request(
      { hostname, port, method, path, agent, headers: all.flat(), setHost: false },
      (answer) => {
        const chunks: Buffer[] = [];
        const done = () =>
          settle({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(chunks).toString(),
          });
        answer.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          // A stream goes on for as long as a migration does; its beginning is enough.
          if (!answer.headers["content-type"]?.includes("event-stream")) return;
          done();
          asked.destroy();
        });
        answer.on("end", done).on("error", reject);
      },
    );
    asked.setTimeout(ANSWER_WITHIN_MS, () => asked.destroy(new Error("No answer within a minute")));
    asked.on("error", reject);
    if (body !== null) asked.write(body);
    asked.end();
  });
}

/** The same request for a shell. */
export function asCurl(url: string, { method, path, headers, body }: Sent): string {
  const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
  const parts = headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  const base64 = body?.toString("base64") ?? "";
  const most = 4_000;
  const data =
    base64 && `echo ${base64.slice(0, most)}${base64.length > most ? "…" : ""} | base64 -d | `;
  return [
    `${data}curl -i --path-as-is -X ${method} ${quoted(url + path)}`,
    ...parts,
    ...(body ? ["--data-binary @-"] : []),
  ].join(" ");
}
