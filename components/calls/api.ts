/** Why a request was refused; `useSentence` says it in the reader's language. */
export interface Problem {
  /** The HTTP status, or 0 when there was no answer at all. */
  status: number;
  code: string;
  /** The answer's own sentence, if it has one. */
  said: string | null;
  /** The input at fault, if there is one, and the sentence to show there. */
  field: string | null;
  saidAtField: string | null;
}

export type Answer<T> = { ok: true; status: number; data: T } | { ok: false; problem: Problem };

const NO_ANSWER = { status: 0, code: "offline", said: null, field: null, saidAtField: null };

/** Calls our own JSON API with the visitor's cookie. Never throws. `T` is what the API promises. */
export async function call<T = unknown>(
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  body?: object,
): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      cache: "no-store",
      // better-auth answers 415 to a POST without a JSON body, even where it needs none.
      headers: method === "GET" ? {} : { "content-type": "application/json" },
      body: method === "GET" ? null : JSON.stringify(body ?? {}),
    });
  } catch {
    return { ok: false, problem: NO_ANSWER };
  }
  return readAnswer<T>(response);
}

export async function readAnswer<T>(response: Response): Promise<Answer<T>> {
  const text = await response.text();
  const data = parse(text);
  if (response.ok) return { ok: true, status: response.status, data: data as T };
  return { ok: false, problem: problemOf(response.status, data) };
}

/** Reads both our problem+json and better-auth's `{message, code}`. */
function problemOf(status: number, data: unknown): Problem {
  const fields = typeof data === "object" && data !== null ? data : {};
  const text = (name: string): string | null => {
    const value: unknown = Reflect.get(fields, name);
    return typeof value === "string" && value !== "" ? value : null;
  };
  return {
    status,
    code: text("code") ?? `http_${status}`,
    said: text("detail") ?? text("title") ?? text("message"),
    field: text("field"),
    saidAtField: text("atField"),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
