/**
 * How a database server is reached: with TLS and a certificate that is checked, unless it is on this machine. What travels
 * there are names, addresses and the password.
 */
import pg from "pg";
import { ConfigError } from "../configError.ts";

export interface ServerAddress {
  url: string;
  /** The certificates, in PEM, that the server's must come from; null for those that the machine trusts. */
  ca: string | null;
}

const loopback = new Set(["localhost", "127.0.0.1", "::1", "[::1]"]);
/** What TLS is taken without where it is asked for in no other way. */
const unasked = new Set(["disable", "allow", "prefer"]);

/** @throws ConfigError in one line, where the address asks for a connection that anybody on the way could read */
export function connectionTo({ url, ca }: ServerAddress): pg.PoolConfig {
  const { connectionString, mode } = withoutTls(url);
  const { host, user } = new pg.Client({ connectionString });
  assertPoolersUser(host, user ?? "");
  const isHere = host.startsWith("/") || loopback.has(host);
  if (isHere && (mode === null || unasked.has(mode))) return { connectionString, ssl: false };
  if (mode !== null && (unasked.has(mode) || mode === "no-verify")) {
    throw new ConfigError(
      `DATABASE_URL: sslmode=${mode} would let others on the way to ${host} read or change what is sent. Take it out: Segue asks for TLS and checks the certificate, and DATABASE_CA_FILE names the certificates to trust.`,
    );
  }
  return { connectionString, ssl: { rejectUnauthorized: true, ...(ca !== null && { ca }) } };
}

/**
 * What the address says about TLS would win over what we say (node-postgres reads it last), so it is taken out. The rest
 * stays letter by letter: the driver has its own way of reading addresses that are none.
 */
function withoutTls(url: string): { connectionString: string; mode: string | null } {
  const at = url.indexOf("?");
  if (at < 0) return { connectionString: url, mode: null };
  let mode: string | null = null;
  const rest = url
    .slice(at + 1)
    .split("&")
    .filter((setting) => {
      const [name = "", value = ""] = setting.split("=", 2);
      if (/^ssl(rootcert|cert|key)$/.test(name)) throw notRead(name);
      if (name === "sslmode") mode = value;
      if (name === "ssl") mode ??= /^(false|0)$/.test(value) ? "disable" : "require";
      return !/^(ssl|sslmode|sslnegotiation|uselibpqcompat)$/.test(name);
    });
  const query = rest.length > 0 ? `?${rest.join("&")}` : "";
  return { connectionString: url.slice(0, at) + query, mode };
}

const notRead = (name: string): ConfigError =>
  new ConfigError(
    `DATABASE_URL: ${name} isn't read. Take it out: DATABASE_CA_FILE names the certificates to trust, and Segue signs in by user and password.`,
  );

/** Supabase's pooler tells projects apart by the user's name; its own error says only "Tenant or user not found". */
function assertPoolersUser(host: string, user: string): void {
  if (host.endsWith(".pooler.supabase.com") && !user.includes(".")) {
    throw new ConfigError(
      `DATABASE_URL: at ${host} the user must be "${user}." and the project's reference behind the dot. Copy the pooler's address from the project's page "Connect".`,
    );
  }
}
