/** The two routes of a provider's consent, which are the same for each provider. */
import type { ProviderId } from "#lib/providers/provider.ts";
import { beginAuthorization, completeAuthorization } from "#lib/services/switching/authorize.ts";
import { ConnectFailed } from "#lib/services/switching/connectErrors.ts";
import type { ConsentResult } from "#lib/services/switching/consentOutcome.ts";
import type { Context } from "#lib/services/verb/context.ts";
import { Refusal } from "#lib/services/verb/errors.ts";
import { isForNoWindow, mayBegin } from "./consent/mayBegin.ts";
import { guarded, isInAdvance, notYet, onBehalfOf, type SignedIn, whoIs } from "./http.ts";

const SETUP = "/tutor/video-setup";

/** The path segment that stands for a provider in URLs. */
const segments: Record<ProviderId, string> = { google_meet: "google", zoom: "zoom" };

const redirectUri = (ctx: Context, provider: ProviderId) =>
  `${ctx.config.appUrl}/api/auth/${segments[provider]}/callback`;

/**
 * `GET /api/auth/<provider>`: redirects to the consent page, if somebody pressed our own link to it. Anybody else
 * gets the page on which that link stands.
 */
export const authorizeRoute = (provider: ProviderId) => (request: Request) =>
  guarded(request, async (ctx) => {
    // A fetch in advance says `same-origin` too, so it proves no press.
    if (isInAdvance(request) || isForNoWindow(request)) return notYet(request);
    const tutor = await tutorOf(request);
    if (!tutor) return backToSetup(ctx, { error: "not_signed_in" });
    if (!(await mayBegin(ctx, request, tutor))) return backToSetup(ctx, {});
    try {
      const page = await onBehalfOf(ctx, tutor.person, () =>
        beginAuthorization(ctx, visitOf(tutor), provider, redirectUri(ctx, provider)),
      );
      return redirect(page.toString());
    } catch (error) {
      return refusedStart(ctx, provider, request, error);
    }
  });

/**
 * `GET /api/auth/<provider>/callback`: the way back from the consent page. Redirects with the result in the
 * URL.
 */
export const callbackRoute = (provider: ProviderId) => (request: Request) =>
  guarded(request, async (ctx) => {
    if (isInAdvance(request)) return notYet(request);
    const tutor = await tutorOf(request);
    if (!tutor) return backToSetup(ctx, { error: "not_signed_in" });
    try {
      const result = await completeAuthorization(ctx, visitOf(tutor), {
        provider,
        params: new URL(request.url).searchParams,
        redirectUri: redirectUri(ctx, provider),
      });
      return backToSetup(ctx, { success: "true", ...outcome(result) });
    } catch (error) {
      return failed(ctx, provider, error);
    }
  });

/** What the URL says about a migration; nothing where there was none. */
function outcome(result: ConsentResult): Record<string, string> {
  if (!result?.migrationId || result.total === 0) return {};
  if (result.running) return { migration: result.migrationId };
  if (result.failed > 0) return { migration_warning: "true" };
  const migrated = { migrated: String(result.migrated) };
  return result.deferred > 0 ? { ...migrated, migration: result.migrationId } : migrated;
}

function failed(ctx: Context, provider: ProviderId, error: unknown): Response {
  if (!(error instanceof ConnectFailed)) throw error;
  ctx.log.warn({ provider, code: error.code, err: error.cause }, "A consent came to nothing");
  return backToSetup(ctx, { error: error.code });
}

/** Programs are answered in JSON; somebody who pressed the button reads why on the page that it stands on. */
function refusedStart(ctx: Context, provider: ProviderId, request: Request, error: unknown) {
  const isUnconfirmed = error instanceof ConnectFailed && error.code === "address_unconfirmed";
  if (isUnconfirmed && request.headers.has("authorization")) {
    throw Object.assign(new Refusal("address_unconfirmed", "addressUnconfirmed"), { cause: error });
  }
  if (error instanceof Refusal && error.code === "not_signed_in") {
    return backToSetup(ctx, { error: error.code });
  }
  const isPress = request.headers.get("accept")?.includes("text/html");
  if (isPress && error instanceof Refusal && error.code === "too_many") {
    return backToSetup(ctx, { error: error.code });
  }
  return failed(ctx, provider, error);
}

async function tutorOf(request: Request): Promise<SignedIn | null> {
  const signedIn = await whoIs(request.headers);
  return signedIn?.person.role === "tutor" ? signedIn : null;
}

const visitOf = ({ person, browserSessionId }: SignedIn) => ({
  personId: person.id,
  browserSessionId,
});

function backToSetup(ctx: Context, query: Record<string, string>): Response {
  const search = new URLSearchParams(query).toString();
  return redirect(`${ctx.config.appUrl}${SETUP}${search && `?${search}`}`);
}

const redirect = (location: string) =>
  new Response(null, {
    status: 302,
    headers: { location, "cache-control": "no-store", "referrer-policy": "no-referrer" },
  });
