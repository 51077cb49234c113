/** Sign-in: better-auth over our own tables in schema `identity`. It doesn't decide what people may do. */

import { kyselyAdapter } from "@better-auth/kysely-adapter";
import { betterAuth } from "better-auth";
import { bearer } from "better-auth/plugins";
import { CamelCasePlugin } from "kysely";
import { sha256 } from "#lib/platform/crypto.ts";
import { signUpInput } from "#lib/services/people/accountInput.ts";
import { PASSWORD_LENGTH } from "#lib/services/people/passwordRule.ts";
import { afterReset, mailReset } from "#lib/services/people/resetByMail.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { withHashedTokens } from "./account/hashedTokens.ts";
import { cookies, SIGNED_IN_DAYS } from "./account/sessionCookie.ts";
import { refusingTaken } from "./account/takenAddress.ts";
import { ACCOUNT_PATH, CLIENT_HEADER } from "./headers.ts";

const HOUR = 3_600;
const SIGN_IN_SECONDS = SIGNED_IN_DAYS * 24 * HOUR;

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
      refusingTaken(
        kyselyAdapter(ctx.db.withSchema("identity").withPlugin(new CamelCasePlugin()), {
          type: "postgres",
        }),
      ),
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
    // Anything but a refusal comes to `guarded`, which knows whether the database is away. Otherwise the library
    // would write it to the console, past our own log.
    onAPIError: { throw: true },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      resetPasswordTokenExpiresIn: HOUR,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        const url = `${appUrl}/reset-password?token=${encodeURIComponent(token)}`;
        await mailReset(ctx, user.id, url);
      },
      onPasswordReset: ({ user }) => afterReset(ctx, user),
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
    // Ours are in `account/pace.ts`.
    rateLimit: { enabled: false },
    advanced: {
      ipAddress: { ipAddressHeaders: [CLIENT_HEADER] },
      ...cookies(appUrl),
      database: { generateId: "uuid" },
    },
    plugins: [bearer({ requireSignature: true })],
  });
}
