/** The security headers of one answer, with a nonce that no other answer has. */
import { randomBytes } from "node:crypto";
import { runtime } from "#server/runtime.ts";
import { securityHeaders } from "./securityHeaders.ts";

export interface Shield {
  nonce: string;
  headers: Record<string, string>;
}

export function newShield(): Shield {
  const { appUrl, production } = runtime().ctx.config;
  const nonce = randomBytes(16).toString("base64");
  const site = { isHttps: appUrl.startsWith("https://"), isDevelopment: !production };
  return { nonce, headers: securityHeaders(nonce, site) };
}
