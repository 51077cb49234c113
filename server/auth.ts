/** Sign-in: better-auth over our own tables in schema `identity`. What people may do is not asked here. */
import { betterAuth } from "better-auth";
import { bearer } from "better-auth/plugins";
import { CamelCasePlugin } from "kysely";
import { z } from "zod";
import { asService } from "#lib/platform/db.ts";
import { isTimeZone } from "#lib/records/bookings/rules.ts";
import type { Context } from "#lib/services/context.ts";
import { mailPasswordReset } from "#lib/services/mails/passwordMail.ts";

const BASE_PATH = "/api/account";
const HOUR = 3_600;

export type Auth = ReturnType<typeof createAuth>;

export function createAuth(ctx: Context) {
  const { appUrl, authSecret } = ctx.config;
  return betterAuth({
    appName: "Segue",
    baseURL: appUrl,
    basePath: BASE_PATH,
    secret: authSecret,
    trustedOrigins: [appUrl],
    database: {
      db: ctx.db.withSchema("identity").withPlugin(new CamelCasePlugin()),
      type: "postgres",
      casing: "camel",
    },
    telemetry: { enabled: false },
    logger: {
      level: "warn",
      log: (level, message, ...details) => {
        // A wrong password is everyday life, and details may hold what people typed.
        if (level === "error") ctx.log.error({ details: details.length }, `Sign-in: ${message}`);
      },
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 8,
      resetPasswordTokenExpiresIn: HOUR,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        const url = `${appUrl}/reset-password?token=${encodeURIComponent(token)}`;
        await asService(ctx.db, (trx) => mailPasswordReset(ctx, trx, user, url));
      },
    },
    user: {
      // Set once, at sign-up. The app reads both from public.people, where only its own verbs change them.
      additionalFields: {
        role: {
          type: "string",
          required: true,
          input: true,
          validator: { input: z.enum(["tutor", "student"]) },
        },
        timeZone: {
          type: "string",
          required: true,
          input: true,
          validator: { input: z.string().refine(isTimeZone, "must be an IANA time zone") },
        },
      },
    },
    session: { expiresIn: 30 * 24 * HOUR, updateAge: 24 * HOUR },
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
    advanced: {
      useSecureCookies: appUrl.startsWith("https://"),
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
      database: { generateId: "uuid" },
    },
    plugins: [bearer()],
  });
}
