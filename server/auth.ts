/** Sign-in: better-auth over our own tables in schema `identity`. It doesn't decide what people may do. */

import { kyselyAdapter } from "@better-auth/kysely-adapter";
import { betterAuth } from "better-auth";
import { APIError, createAuthMiddleware, isAPIError } from "better-auth/api";
import { bearer } from "better-auth/plugins";
import { CamelCasePlugin } from "kysely";
import { z } from "zod";
import { sha256 } from "#lib/platform/crypto.ts";
import { asService, transaction } from "#lib/platform/db.ts";
import { countTry } from "#lib/records/people/queries/tries.ts";
import type { Context } from "#lib/services/context.ts";
import { signUpInput } from "#lib/services/people/accountInput.ts";
import { PASSWORD_LENGTH } from "#lib/services/people/passwordRule.ts";
import { confirmByReset } from "#lib/services/people/unconfirmed.ts";
import { mailPasswordReset } from "#lib/services/telling/accountMails.ts";
import { withHashedTokens } from "./account/hashedTokens.ts";
import { cookies, SIGNED_IN_DAYS } from "./account/sessionCookie.ts";
import { ACCOUNT_PATH, CLIENT_HEADER } from "./headers.ts";

const HOUR = 3_600;
const SIGN_IN_SECONDS = SIGNED_IN_DAYS * 24 * HOUR;

/**
 * Tries per address that somebody tries to sign in with, right or wrong. The senders' addresses are cheap, so
 * a limit on those alone doesn't stop guessing.
 */
const TRIES = { window: 15 * 60, max: 30 } as const;

export type Auth = ReturnType<typeof createAuth>;

export function createAuth(ctx: Context) {
  const { appUrl, authSecret } = ctx.config;
  return betterAuth({
    appName: "Segue",
    baseURL: appUrl,
    basePath: ACCOUNT_PATH,
    secret: authSecret,
    trustedOrigins: [appUrl],
    database: withHashedTokens(
      kyselyAdapter(ctx.db.withSchema("identity").withPlugin(new CamelCasePlugin()), {
        type: "postgres",
      }),
    ),
    verification: { storeIdentifier: { hash: async (identifier) => sha256(identifier) } },
    telemetry: { enabled: false },
    logger: {
      level: "warn",
      log: (level, message, ...details) => {
        // A wrong password is an everyday event, and the details may hold what people typed.
        if (level === "error") ctx.log.error({ details: details.length }, `Sign-in: ${message}`);
      },
    },
    onAPIError: {
      // Without this, an error goes to the console and bypasses our own log.
      onError: (error) => {
        if (isAPIError(error) && error.statusCode < 500) return;
        ctx.log.error({ err: error }, "Sign-in failed unexpectedly");
      },
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      resetPasswordTokenExpiresIn: HOUR,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        const url = `${appUrl}/reset-password?token=${encodeURIComponent(token)}`;
        await asService(ctx.db, (trx) => mailPasswordReset(ctx, trx, user.id, url));
      },
      onPasswordReset: ({ user }) => confirmByReset(ctx, user.id),
    },
    user: {
      // Set once, at sign-up. The app reads both from public.people, where only its own verbs change them.
      additionalFields: {
        role: {
          type: "string",
          required: true,
          input: true,
          validator: { input: signUpInput.shape.role },
        },
        timeZone: {
          type: "string",
          required: true,
          input: true,
          validator: { input: signUpInput.shape.timeZone },
        },
        language: {
          type: "string",
          required: false,
          input: true,
          validator: { input: signUpInput.shape.language },
        },
      },
    },
    // A sign-in ends this long after it began, however much it is used. The cookie says the same.
    session: { expiresIn: SIGN_IN_SECONDS, disableSessionRefresh: true },
    rateLimit: {
      enabled: true,
      storage: "database",
      modelName: "rateLimit",
      window: 60,
      max: 300,
      customRules: {
        "/sign-in/*": { window: 60, max: 20 },
        "/sign-up/*": { window: 60, max: 20 },
        "/request-password-reset": { window: 300, max: 5 },
        "/reset-password": { window: 60, max: 10 },
      },
    },
    hooks: { before: createAuthMiddleware((call) => countTriesFor(ctx, call)) },
    advanced: {
      ipAddress: { ipAddressHeaders: [CLIENT_HEADER] },
      ...cookies(appUrl),
      database: { generateId: "uuid" },
    },
    plugins: [bearer({ requireSignature: true })],
  });
}

async function countTriesFor(ctx: Context, call: { path: string; body?: unknown }): Promise<void> {
  if (call.path !== "/sign-in/email") return;
  const email = z.object({ email: z.string() }).safeParse(call.body).data?.email;
  if (!email) return;
  const key = `sign-in:${sha256(email.toLowerCase())}`;
  const tries = await transaction(ctx.db, (trx) => countTry(trx, key, TRIES.window, ctx.clock()));
  if (tries > TRIES.max) {
    throw new APIError("TOO_MANY_REQUESTS", {
      message: "Too many tries. Wait a quarter of an hour.",
    });
  }
}
