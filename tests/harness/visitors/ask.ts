/** One request over HTTP, as a program makes it: no jar of cookies, no redirects followed. */
import { z } from "zod";

export interface Question {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export async function ask(
  url: string,
  { method = "GET", path, headers, body }: Question,
): Promise<Answer> {
  const answer = await fetch(`${url}${path}`, {
    method,
    redirect: "manual",
    headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** What a JSON answer holds. @throws with the answer in it, where it isn't one of these statuses */
export function held(answer: Answer, ...statuses: number[]): Record<string, unknown> {
  if (statuses.includes(answer.status)) {
    return answer.text === "" ? {} : z.looseObject({}).parse(JSON.parse(answer.text));
  }
  throw new Error(`Answered ${answer.status} instead of ${statuses.join(" or ")}: ${answer.text}`);
}
