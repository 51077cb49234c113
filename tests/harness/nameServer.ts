/** A small name server on loopback, which answers questions for texts. */
import { createSocket } from "node:dgram";
import { once } from "node:events";

/** What it says to a name: its texts, each in one or more pieces; or a refusal; or nothing at all. */
export type Said = (string | string[])[] | "servfail" | "silence";

export interface NameServer {
  /** As `Resolver.setServers` takes it. */
  address: string;
  /** The names that it was asked for, in their order. */
  asked: string[];
  stop(): Promise<void>;
}

const TXT = 16;
const IN = 1;
const HEADER = 12;
const NAME_ERROR = 3;
const SERVER_FAILURE = 2;

export async function startNameServer(texts: Record<string, Said>): Promise<NameServer> {
  const asked: string[] = [];
  const socket = createSocket("udp4");
  socket.on("message", (question, { port, address }) => {
    const { name, end } = nameIn(question);
    asked.push(name);
    const said = texts[name.toLowerCase()];
    if (said !== "silence") socket.send(answer(question.subarray(0, end), said), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function nameIn(question: Buffer): { name: string; end: number } {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  // The end of the name, the type and the class.
  return { name: labels.join("."), end: at + 5 };
}

/** The question again, with its answers behind it (RFC 1035, 4.1). */
function answer(question: Buffer, said: Exclude<Said, "silence"> | undefined): Buffer {
  const records = Array.isArray(said) ? said.map(record) : [];
  const head = Buffer.from(question);
  const failure = said === "servfail" ? SERVER_FAILURE : NAME_ERROR;
  head.writeUInt16BE(0x8180 | (Array.isArray(said) ? 0 : failure), 2);
  for (const [index, count] of [1, records.length, 0, 0].entries()) {
    head.writeUInt16BE(count, 4 + 2 * index);
  }
  return Buffer.concat([head, ...records]);
}

function record(text: string | string[]): Buffer {
  const pieces = [text]
    .flat()
    .map((piece) => Buffer.concat([Buffer.of(piece.length), Buffer.from(piece)]));
  const data = Buffer.concat(pieces);
  const head = Buffer.alloc(12);
  // The name is the question's, so a pointer to it stands here.
  head.writeUInt16BE(0xc000 | HEADER, 0);
  head.writeUInt16BE(TXT, 2);
  head.writeUInt16BE(IN, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}
