/** What stands between Segue and the stand-ins: a proxy, or a provider that answers otherwise than it did. */
import { afterEach } from "vitest";

export interface Sent {
  url: string;
  method: string;
}
type Middleman = (sent: Sent, pass: () => Promise<Response>) => Promise<Response>;

/** Call this once, at the top of a test file; what is returned puts somebody in between for the rest of a test. */
export function betweenUsAndThem(): (middleman: Middleman) => void {
  const direct = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = direct;
  });
  return (middleman) => {
    globalThis.fetch = (input, init) =>
      middleman({ url: String(input), method: init?.method ?? "GET" }, () => direct(input, init));
  };
}

export const isOfRoom = ({ url }: Sent): boolean => /\/meetings\/\d+$/.test(url);
export const isReading = (sent: Sent): boolean => sent.method === "GET" && isOfRoom(sent);
export const isCreate = ({ url, method }: Sent): boolean =>
  method === "POST" && url.endsWith("/meetings");

/** The same answer with another body. */
export async function rewritten<Body extends object>(
  answer: Response,
  change: (body: Body) => object,
): Promise<Response> {
  return Response.json(change((await answer.json()) as Body), { status: answer.status });
}
