/**
 * Somebody who uses a Segue over HTTP alone. That Segue may be of another version than this file, so none of
 * the app's own code is used here.
 */
export interface SignIn {
  email: string;
  password: string;
  cookie: string;
  bearer: string;
}

export interface Account {
  email: string;
  password: string;
}

export interface Visitor {
  signIn: SignIn;
  /** Sends a request. Redirects are returned, not followed. */
  ask(path: string, body?: unknown, method?: string): Promise<Response>;
  /** @throws when the answer isn't a success */
  json<T>(path: string, body?: unknown, method?: string): Promise<T>;
}

/** Acts as the browser that holds this cookie. */
export function visitor(url: string, signIn: SignIn): Visitor {
  const ask: Visitor["ask"] = (path, body, method = body === undefined ? "GET" : "POST") =>
    fetch(new URL(path, url), {
      method,
      redirect: "manual",
      headers: {
        cookie: signIn.cookie,
        "content-type": "application/json",
        // As a browser says of what its page asks for. Otherwise no consent begins.
        "sec-fetch-site": "same-origin",
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    signIn,
    ask,
    json: async <T>(path: string, body?: unknown, method?: string) => {
      const answer = await ask(path, body, method);
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
}

export const signIn = (url: string, account: Account): Promise<Visitor> =>
  enter(url, "sign-in", account);

export const signUp = (url: string, account: Account & Record<string, string>): Promise<Visitor> =>
  enter(url, "sign-up", account);

async function enter(url: string, how: "sign-in" | "sign-up", account: Account): Promise<Visitor> {
  const answer = await fetch(`${url}/api/account/${how}/email`, {
    method: "POST",
    // A browser sends its page's origin. Node's fetch looks like a browser to the server, but sends none.
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(account),
  });
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0];
  const bearer = answer.headers.get("set-auth-token");
  if (!answer.ok || !cookie || !bearer) {
    throw new Error(`${how} of ${account.email}: ${answer.status} ${await answer.text()}`);
  }
  return visitor(url, { email: account.email, password: account.password, cookie, bearer });
}

/** Goes through the stand-in's consent page and back. @returns the query that Segue's page is then given */
export async function consent(
  tutor: Visitor,
  provider: "google" | "zoom",
  account: string,
): Promise<URLSearchParams> {
  const page = leadsTo(await tutor.ask(`/api/auth/${provider}`));
  const form = new URLSearchParams({ account, decision: "allow" });
  const back = leadsTo(await fetch(page, { method: "POST", body: form, redirect: "manual" }));
  return leadsTo(await tutor.ask(back.pathname + back.search)).searchParams;
}

/** The target of a redirect. */
export function leadsTo(answer: Response): URL {
  const location = answer.headers.get("location");
  if (!location) throw new Error(`${answer.url} answered ${answer.status} and led nowhere`);
  return new URL(location);
}
