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

/** Settings in the address would win over ours (node-postgres reads them last), so they are taken out of it. */
const tlsSettings = [
  "ssl",
  "sslmode",
  "sslrootcert",
  "sslcert",
  "sslkey",
  "sslnegotiation",
  "uselibpqcompat",
];
const loopback = new Set(["localhost", "127.0.0.1", "::1", "[::1]"]);

/** @throws ConfigError in one line, where the address asks for a connection that anybody on the way could read */
export function connectionTo({ url, ca }: ServerAddress): pg.PoolConfig {
  const [base = "", ...query] = url.split("?");
  const settings = new URLSearchParams(query.join("?"));
  const mode = settings.get("sslmode") ?? (settings.get("ssl") === "false" ? "disable" : null);
  for (const name of tlsSettings) settings.delete(name);
  const connectionString = settings.size > 0 ? `${base}?${settings}` : base;
  const { host, user } = new pg.Client({ connectionString });
  assertPoolersUser(host, user ?? "");
  const isHere = host.startsWith("/") || loopback.has(host);
  if (isHere && (mode === null || mode === "disable")) return { connectionString, ssl: false };
  if (mode === "disable" || mode === "allow" || mode === "prefer" || mode === "no-verify") {
    throw new ConfigError(
      `DATABASE_URL: sslmode=${mode} would let others on the way to ${host} read or change what is sent. Take it out: Segue asks for TLS and checks the certificate, and DATABASE_CA_FILE names the certificates to trust.`,
    );
  }
  return { connectionString, ssl: { rejectUnauthorized: true, ...(ca !== null && { ca }) } };
}

/** Supabase's pooler tells projects apart by the user's name; its own error says only "Tenant or user not found". */
function assertPoolersUser(host: string, user: string): void {
  if (host.endsWith(".pooler.supabase.com") && !user.includes(".")) {
    throw new ConfigError(
      `DATABASE_URL: at ${host} the user must be "${user}." and the project's reference behind the dot. Copy the pooler's address from the project's page "Connect".`,
    );
  }
}
