/** A sandbox for one test file: its own folder, a clock that tests move, and the access that tests need. */
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Fault, ProviderName } from "#sandbox/faults.ts";
import { type Sandbox, startSandbox } from "#sandbox/start.ts";
import type { Settings } from "#sandbox/world.ts";

export const TEST_APP_URL = "http://localhost:3000";
export const CALENDAR_SCOPE = "https://www.googleapis.com/auth/calendar.events.owned";
const GOOGLE_SCOPES = `openid email ${CALENDAR_SCOPE}`;

// A kept-alive connection would outlive a restart on the same port, and the request after it would fail.
const once = { connection: "close" };

export interface TokenAnswer {
  access_token: string;
  refresh_token?: string;
  id_token?: string;
  token_type: string;
  expires_in: number;
  scope: string;
  api_url?: string;
}

export interface Got {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON, or an empty object if it isn't JSON. */
  json: Record<string, unknown>;
}

export class TestSandbox {
  now: Date;
  // Made by the first start, because a file whose tests are all skipped never runs its clean-up.
  #stateDir: string | null = null;
  #sandbox: Sandbox | null = null;

  constructor(now: Date) {
    this.now = now;
  }

  get running(): Sandbox {
    if (!this.#sandbox) throw new Error("The sandbox is not running.");
    return this.#sandbox;
  }

  get url(): string {
    return this.running.url;
  }

  env(name: string): string {
    const value = this.running.env[name];
    if (value === undefined) throw new Error(`The sandbox sets no ${name}.`);
    return value;
  }

  async start(): Promise<void> {
    this.#stateDir ??= mkdtempSync(join(tmpdir(), "segue-sandbox-"));
    this.#sandbox = await startSandbox({
      stateDir: this.stateDir,
      appUrl: TEST_APP_URL,
      google: true,
      zoom: true,
      mail: true,
      clock: () => this.now,
    });
  }

  async restart(): Promise<void> {
    await this.running.stop();
    await this.start();
  }

  /** Stops the sandbox and removes its state. */
  async end(): Promise<void> {
    await this.#sandbox?.stop();
    if (this.#stateDir) rmSync(this.#stateDir, { recursive: true, force: true });
  }

  get stateDir(): string {
    if (!this.#stateDir) throw new Error("The sandbox was never started.");
    return this.#stateDir;
  }

  /** Moves the clock forward. */
  pass(ms: number): void {
    this.now = new Date(this.now.getTime() + ms);
  }

  async request(url: string, init: RequestInit = {}): Promise<Got> {
    const headers = { ...once, ...(init.headers as Record<string, string> | undefined) };
    const response = await fetch(url, { redirect: "manual", ...init, headers });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json") ?? false;
    const json = (isJson ? JSON.parse(text) : {}) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, text, json };
  }

  send(method: string, url: string, body?: unknown, headers: Record<string, string> = {}) {
    return this.request(url, {
      method,
      headers: { "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  faults(...list: Fault[]): Promise<Got> {
    return this.send("PUT", `${this.url}/control/faults`, list);
  }

  settings(settings: Partial<Settings>): Promise<Got> {
    return this.send("PUT", `${this.url}/control/settings`, settings);
  }

  redirectUri(provider: ProviderName): string {
    return `${TEST_APP_URL}/api/auth/${provider}/callback`;
  }

  /** A valid authorization address. `change` overrides parameters; null leaves one out. */
  authorization(provider: ProviderName, change: Record<string, string | null> = {}): string {
    const google = provider === "google";
    const url = new URL(
      google ? this.env("GOOGLE_AUTH_URL") : `${this.env("ZOOM_OAUTH_URL")}/authorize`,
    );
    const query: Record<string, string | null> = {
      client_id: this.env(google ? "GOOGLE_CLIENT_ID" : "ZOOM_CLIENT_ID"),
      redirect_uri: this.redirectUri(provider),
      response_type: "code",
      state: "state-1",
      ...(google && { scope: GOOGLE_SCOPES, access_type: "offline", prompt: "consent" }),
      ...change,
    };
    for (const [name, value] of Object.entries(query)) {
      if (value !== null) url.searchParams.set(name, value);
    }
    return url.href;
  }

  /** Posts the consent form. Resolves to the address that it redirects to. */
  async consent(url: string, form: Record<string, string>): Promise<URL> {
    const got = await this.request(url, { method: "POST", body: new URLSearchParams(form) });
    const location = got.headers.get("location");
    if (!location) throw new Error(`No redirect but ${got.status}: ${got.text}`);
    return new URL(location);
  }

  token(provider: ProviderName, form: Record<string, string>): Promise<Got> {
    const google = provider === "google";
    const id = this.env(google ? "GOOGLE_CLIENT_ID" : "ZOOM_CLIENT_ID");
    const secret = this.env(google ? "GOOGLE_CLIENT_SECRET" : "ZOOM_CLIENT_SECRET");
    const url = google ? this.env("GOOGLE_TOKEN_URL") : `${this.env("ZOOM_OAUTH_URL")}/token`;
    return this.request(url, {
      method: "POST",
      headers: google ? {} : basic(id, secret),
      body: new URLSearchParams(google ? { client_id: id, client_secret: secret, ...form } : form),
    });
  }

  async code(provider: ProviderName, email: string, change: Record<string, string | null> = {}) {
    const url = this.authorization(provider, change);
    const to = await this.consent(url, { account: email, decision: "allow" });
    return to.searchParams.get("code") ?? "";
  }

  /** Consents and exchanges the code in one step. */
  async signIn(
    provider: ProviderName,
    email: string,
    change: Record<string, string | null> = {},
  ): Promise<TokenAnswer> {
    const code = await this.code(provider, email, change);
    const got = await this.exchange(provider, code);
    return got.json as unknown as TokenAnswer;
  }

  exchange(provider: ProviderName, code: string, more: Record<string, string> = {}): Promise<Got> {
    return this.token(provider, {
      grant_type: "authorization_code",
      code,
      redirect_uri: this.redirectUri(provider),
      ...more,
    });
  }

  refresh(provider: ProviderName, refreshToken: string | undefined): Promise<Got> {
    const refresh_token = refreshToken ?? "";
    return this.token(provider, { grant_type: "refresh_token", refresh_token });
  }
}

export const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
});

export const withBearer = (token: string) => ({ authorization: `Bearer ${token}` });

export function pkce(): { verifier: string; query: Record<string, string> } {
  const verifier = randomBytes(32).toString("base64url");
  const code_challenge = createHash("sha256").update(verifier).digest("base64url");
  return { verifier, query: { code_challenge, code_challenge_method: "S256" } };
}
