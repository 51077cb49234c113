/**
 * The one file that reads the environment. `.env.example` lists the variables. A wrong value ends the start
 * with one line that names the variable.
 */
import { resolve } from "node:path";
import { z } from "zod";
import { ConfigError } from "./configError.ts";
import { loadSecrets } from "./secrets.ts";
import { LEAST_CONNECTIONS, USUAL_CONNECTIONS } from "./server/shares.ts";

const loopbackHosts = new Set(["localhost", "127.0.0.1", "[::1]"]);
export const isLoopback = (url: string | URL): boolean => loopbackHosts.has(new URL(url).hostname);

const isLoopbackName = (host: string): boolean =>
  loopbackHosts.has(host.includes(":") ? `[${host}]` : host);

/** A server that listens everywhere is reached on loopback. */
function reachable(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

const blankAsUnset = (value: unknown) => (value === "" ? undefined : value);
const text = z.preprocess(blankAsUnset, z.string().optional());
const minutes = (fallback: number) =>
  z.preprocess(blankAsUnset, z.coerce.number().int().min(0).max(10_080).default(fallback));

/**
 * https everywhere; plain http only on loopback, where the stand-ins and development run. We append paths, and
 * `fetch` takes no credentials in an address.
 */
const webUrl = z
  .string()
  .refine((url) => URL.canParse(url), {
    error: "must be an address like https://host",
    abort: true,
  })
  .transform((url) => new URL(url))
  .refine(({ protocol }) => /^https?:$/.test(protocol), {
    error: "must begin with https:// (http:// only on loopback)",
    abort: true,
  })
  .refine((url) => url.protocol === "https:" || isLoopback(url), {
    error: "must be https (plain http only on loopback)",
  })
  .refine(({ username, password }) => !username && !password, {
    error: "must have no user or password in it",
  })
  .refine(({ href }) => !/[?#]/.test(href), { error: "must end without ? or #" });

const serviceUrl = (fallback: string) =>
  z.preprocess(
    blankAsUnset,
    webUrl.transform(({ href }) => href.replace(/\/$/, "")).default(fallback),
  );

/** All pages are at the root. A browser writes the origin in this way too, which Segue compares. */
const appAddress = webUrl
  .refine(({ pathname }) => pathname === "/", { error: "must end behind the host, without a path" })
  .transform(({ origin }) => origin);

/** Whether the driver could read it: it also takes one without a host, or with spaces. */
const isDatabaseUrl = (url: string): boolean =>
  URL.canParse(url.replace("@/", "@host/").replaceAll(" ", "%20"));

const databaseUrl = z.preprocess(
  blankAsUnset,
  z
    .string()
    .regex(/^postgres(ql)?:\/\//, {
      error: "must start with postgres:// or postgresql://",
      abort: true,
    })
    .refine(isDatabaseUrl, {
      error:
        "must look like postgres://user:password@host:5432/segue, with %23 for a # in the password, %2F for / and %3F for ?",
    })
    .nullable()
    .default(null),
);

const poolSizes = `must be a whole number from ${LEAST_CONNECTIONS} to 200`;

const environment = z.object({
  NODE_ENV: z.string().optional(),
  PORT: z.preprocess(
    blankAsUnset,
    z.coerce
      .number("must be a whole number from 1 to 65535")
      .refine((port) => Number.isInteger(port) && port >= 1 && port <= 65_535, {
        error: "must be a whole number from 1 to 65535",
      })
      .default(3000),
  ),
  HOST: z.preprocess(blankAsUnset, z.string().default("127.0.0.1")),
  APP_URL: z.preprocess(blankAsUnset, appAddress.optional()),
  DATABASE_URL: databaseUrl,
  DATABASE_OWNER_URL: databaseUrl,
  DATABASE_CA_FILE: z.preprocess(blankAsUnset, z.string().nullable().default(null)),
  DATABASE_POOL_SIZE: z.preprocess(
    blankAsUnset,
    z
      .string()
      .regex(/^\d{1,3}$/, { error: poolSizes, abort: true })
      .transform(Number)
      .refine((size) => size >= LEAST_CONNECTIONS && size <= 200, { error: poolSizes })
      .default(USUAL_CONNECTIONS),
  ),
  DATA_DIR: z.preprocess(blankAsUnset, z.string().default(".data")),
  AUTH_SECRET: z.preprocess(
    blankAsUnset,
    z.string().min(32, "needs 32 characters or more").optional(),
  ),
  TOKEN_ENCRYPTION_KEYS: text,
  GOOGLE_CLIENT_ID: text,
  GOOGLE_CLIENT_SECRET: text,
  ZOOM_CLIENT_ID: text,
  ZOOM_CLIENT_SECRET: text,
  GOOGLE_AUTH_URL: serviceUrl("https://accounts.google.com/o/oauth2/v2/auth"),
  GOOGLE_TOKEN_URL: serviceUrl("https://oauth2.googleapis.com/token"),
  GOOGLE_REVOKE_URL: serviceUrl("https://oauth2.googleapis.com/revoke"),
  GOOGLE_API_URL: serviceUrl("https://www.googleapis.com"),
  ZOOM_OAUTH_URL: serviceUrl("https://zoom.us/oauth"),
  ZOOM_API_URL: serviceUrl("https://api.zoom.us/v2"),
  ZOOM_WEBHOOK_SECRET: text,
  ZOOM_PLAN: z.preprocess(blankAsUnset, z.enum(["free", "pro", "business"]).default("pro")),
  SMTP_URL: z.preprocess(
    blankAsUnset,
    z
      .url({
        protocol: /^smtps?$/,
        hostname: /./,
        error: "must look like smtp://user:password@host",
      })
      .optional(),
  ),
  MAIL_FROM: z.preprocess(blankAsUnset, z.string().default("Segue <segue@localhost>")),
  INBOX_URL: z.preprocess(blankAsUnset, z.url("must be an address like https://host").optional()),
  UNDO_WINDOW_MINUTES: minutes(60),
  JOIN_OPENS_MINUTES_BEFORE: minutes(15),
  SWITCH_WAIT_SECONDS: z.preprocess(blankAsUnset, z.coerce.number().min(0).max(60).default(8)),
  DRAIN_SECONDS: z.preprocess(blankAsUnset, z.coerce.number().min(0).max(60).default(0)),
  LOG_LEVEL: z.preprocess(
    blankAsUnset,
    z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
  ),
  METRICS_TOKEN: text,
  TRUSTED_PROXIES: z.preprocess(
    blankAsUnset,
    z
      .string()
      .regex(/^\d$/, { error: "must be a whole number from 0 to 9" })
      .transform(Number)
      .optional(),
  ),
  SEGUE_DEMO: z.preprocess(blankAsUnset, z.enum(["on", "off"]).default("on")),
});

export interface EncryptionKey {
  id: string;
  /** 32 bytes. */
  secret: Buffer;
}

/** `id:base64,id:base64`. The first key encrypts, and all of them decrypt. */
function parseKeys(value: string): EncryptionKey[] {
  const keys = value.split(",").map((part) => {
    const [id = "", encoded = ""] = part.trim().split(":");
    const secret = Buffer.from(encoded, "base64");
    if (!/^[A-Za-z0-9_-]{1,32}$/.test(id) || secret.length !== 32) {
      throw new ConfigError("TOKEN_ENCRYPTION_KEYS: each part must be id:base64 of 32 bytes");
    }
    return { id, secret };
  });
  if (new Set(keys.map((key) => key.id)).size !== keys.length) {
    throw new ConfigError("TOKEN_ENCRYPTION_KEYS: the same id stands twice");
  }
  return keys;
}

/** Both values or neither: half a pair of credentials is a mistake, not a choice. */
function credentials(name: string, id: string | undefined, secret: string | undefined) {
  if (!id && !secret) return null;
  if (!id || !secret) throw new ConfigError(`${name}_CLIENT_${id ? "SECRET" : "ID"}: missing`);
  return { clientId: id, clientSecret: secret };
}

function assertBothAddresses(e: z.infer<typeof environment>): void {
  if (!e.DATABASE_OWNER_URL || e.DATABASE_URL) return;
  throw new ConfigError("DATABASE_OWNER_URL: needs DATABASE_URL beside it, which Segue runs with");
}

/**
 * Parses an environment into the configuration. Pure: touches neither files nor the process. `secrets` are
 * the ones that an embedded installation keeps in `DATA_DIR`.
 * @throws ConfigError with one line that names the variable
 */
export function parseConfig(
  env: Record<string, string | undefined>,
  secrets: { authSecret?: string; tokenKeys?: string } = {},
) {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new ConfigError(`${issue?.path.join(".")}: ${issue?.message}`);
  }
  const e = parsed.data;
  const appUrl = e.APP_URL ?? `http://localhost:${e.PORT}`;
  const authSecret = e.AUTH_SECRET ?? secrets.authSecret;
  const tokenKeys = e.TOKEN_ENCRYPTION_KEYS ?? secrets.tokenKeys;
  assertBothAddresses(e);
  if (!authSecret) throw new ConfigError("AUTH_SECRET: required with DATABASE_URL");
  if (!tokenKeys) throw new ConfigError("TOKEN_ENCRYPTION_KEYS: required with DATABASE_URL");

  return {
    port: e.PORT,
    host: e.HOST,
    appUrl,
    /** Where this machine reaches it; `appUrl` is what people type. */
    ownUrl: `http://${reachable(e.HOST)}:${e.PORT}`,
    production: e.NODE_ENV === "production",
    databaseUrl: e.DATABASE_URL,
    /** Of the role that may alter the database. Where it is set, only `segue migrate` does. */
    databaseOwnerUrl: e.DATABASE_OWNER_URL,
    /** The file with the certificates that the database server's must come from. */
    databaseCaFile: e.DATABASE_CA_FILE,
    /** All connections of this process to the database server. */
    databasePoolSize: e.DATABASE_POOL_SIZE,
    dataDir: e.DATA_DIR,
    authSecret,
    tokenKeys: parseKeys(tokenKeys),
    google: {
      credentials: credentials("GOOGLE", e.GOOGLE_CLIENT_ID, e.GOOGLE_CLIENT_SECRET),
      authUrl: e.GOOGLE_AUTH_URL,
      tokenUrl: e.GOOGLE_TOKEN_URL,
      revokeUrl: e.GOOGLE_REVOKE_URL,
      apiUrl: e.GOOGLE_API_URL,
    },
    zoom: {
      credentials: credentials("ZOOM", e.ZOOM_CLIENT_ID, e.ZOOM_CLIENT_SECRET),
      oauthUrl: e.ZOOM_OAUTH_URL,
      apiUrl: e.ZOOM_API_URL,
      plan: e.ZOOM_PLAN,
      webhookSecret: e.ZOOM_WEBHOOK_SECRET ?? null,
    },
    mail: { smtpUrl: e.SMTP_URL ?? null, from: e.MAIL_FROM, inboxUrl: e.INBOX_URL ?? null },
    undoWindowMinutes: e.UNDO_WINDOW_MINUTES,
    joinOpensMinutesBefore: e.JOIN_OPENS_MINUTES_BEFORE,
    switchWaitSeconds: e.SWITCH_WAIT_SECONDS,
    /** For how long a web process that is told to stop still takes requests, while it says that it isn't ready. */
    drainSeconds: e.DRAIN_SECONDS,
    logLevel: e.LOG_LEVEL,
    metricsToken: e.METRICS_TOKEN ?? null,
    /** How many proxies stand before us. Segue itself ends no TLS, so with https there is at least one. */
    trustedProxies: e.TRUSTED_PROXIES ?? (isLoopback(appUrl) ? 0 : 1),
    /** Only this machine can reach it: it listens nowhere else, and no proxy forwards to it. */
    local: isLoopback(appUrl) && isLoopbackName(e.HOST),
    /** Whether to create demo data on the first start; never where others could reach it. */
    demo: e.SEGUE_DEMO === "on" && !e.DATABASE_URL && isLoopback(appUrl),
  };
}

export type Config = ReturnType<typeof parseConfig>;

/**
 * The configuration of this process. An embedded installation keeps its secrets in its `DATA_DIR`.
 * @throws ConfigError
 */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
  if (env.DATABASE_URL) return parseConfig(env);
  return parseConfig(
    env,
    loadSecrets(resolve(/* turbopackIgnore: true */ env.DATA_DIR || ".data")),
  );
}
