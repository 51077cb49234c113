/** Stands between Segue and the stand-ins, as a proxy, a gateway or a changed provider would. */
import { afterEach } from "vitest";

export interface Sent {
  url: string;
  method: string;
  body: string;
}

type Answering = (sent: Sent, go: () => Promise<Response>) => Promise<Response> | Response;

/** Call this once, at the top of a test file. @returns how to step in between, and how to step aside */
export function betweenCalls() {
  const real = globalThis.fetch;
  const aside = () => {
    globalThis.fetch = real;
  };
  afterEach(aside);
  const between = (answer: Answering) => {
    globalThis.fetch = async (url, init = {}) =>
      answer(
        { url: String(url), method: init.method ?? "GET", body: String(init.body ?? "") },
        () => real(url, init),
      );
  };
  return { between, aside };
}

export const json = (status: number, body: unknown): Response => Response.json(body, { status });

export const isCreate = ({ url, method }: Sent): boolean =>
  method === "POST" && /\/(meetings|events)(\?|$)/.test(url);

export const isRefresh = ({ url, body }: Sent): boolean =>
  url.includes("token") && body.includes("grant_type=refresh");

export const isReading = ({ url, method }: Sent): boolean =>
  method === "GET" && /\/meetings\/\d+$/.test(url);

/** The same answer with another body. */
export async function rewritten<Body extends object>(
  answer: Response,
  change: (body: Body) => object,
): Promise<Response> {
  return Response.json(change((await answer.json()) as Body), { status: answer.status });
}
