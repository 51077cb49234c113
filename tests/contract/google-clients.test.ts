/** Google's own clients take a meeting through its whole life at the stand-in. */
import { calendar, auth as calendarAuth } from "@googleapis/calendar";
import { CodeChallengeMethod, OAuth2Client } from "google-auth-library";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CALENDAR_SCOPE, TestSandbox } from "#sandbox/testing.ts";

const maya = "demo.one@example.com";
// The library uses the machine's clock, so the stand-in runs on it too.
const sandbox = new TestSandbox(new Date());

beforeAll(() => sandbox.start());
afterAll(() => sandbox.end());

const statusOf = (error: unknown) => (error as { status?: number }).status;

async function signedIn(): Promise<OAuth2Client> {
  const client = new OAuth2Client({
    clientId: sandbox.env("GOOGLE_CLIENT_ID"),
    clientSecret: sandbox.env("GOOGLE_CLIENT_SECRET"),
    redirectUri: sandbox.redirectUri("google"),
    endpoints: {
      oauth2AuthBaseUrl: sandbox.env("GOOGLE_AUTH_URL"),
      oauth2TokenUrl: sandbox.env("GOOGLE_TOKEN_URL"),
      oauth2RevokeUrl: sandbox.env("GOOGLE_REVOKE_URL"),
      oauth2FederatedSignonPemCertsUrl: `${sandbox.env("GOOGLE_API_URL")}/oauth2/v1/certs`,
    },
  });
  const { codeVerifier, codeChallenge } = await client.generateCodeVerifierAsync();
  const url = client.generateAuthUrl({
    access_type: "offline",
    prompt: "consent",
    scope: ["openid", "email", CALENDAR_SCOPE],
    state: "state-1",
    code_challenge_method: CodeChallengeMethod.S256,
    ...(codeChallenge && { code_challenge: codeChallenge }),
  });
  const to = await sandbox.consent(url, { account: maya, decision: "allow" });
  const { tokens } = await client.getToken({
    code: to.searchParams.get("code") ?? "",
    codeVerifier,
  });
  client.setCredentials(tokens);
  return client;
}

test("consent, create, get, list by our own key, patch, delete, refresh and revoke", async () => {
  const auth = await signedIn();
  // The calendar client carries its own copy of the auth library, which takes the same tokens.
  const bearer = new calendarAuth.OAuth2();
  bearer.setCredentials({ access_token: auth.credentials.access_token ?? null });
  const { events } = calendar({ version: "v3", auth: bearer });
  const at = { rootUrl: `${sandbox.env("GOOGLE_API_URL")}/` };
  const id = "segue0lesson1";
  const of = { calendarId: "primary", eventId: id };

  const made = await events.insert(
    {
      calendarId: "primary",
      conferenceDataVersion: 1,
      sendUpdates: "none",
      requestBody: {
        id,
        summary: "Algebra",
        start: { dateTime: "2027-01-10T10:00:00Z", timeZone: "Europe/Berlin" },
        end: { dateTime: "2027-01-10T11:00:00Z", timeZone: "Europe/Berlin" },
        extendedProperties: { private: { segueKey: id } },
        conferenceData: {
          createRequest: { requestId: id, conferenceSolutionKey: { type: "hangoutsMeet" } },
        },
      },
    },
    at,
  );
  expect(made.data.conferenceData?.createRequest?.status?.statusCode).toBe("success");
  const link = made.data.hangoutLink;

  expect((await events.get(of, at)).data.hangoutLink).toBe(link);
  const privateExtendedProperty = [`segueKey=${id}`];
  const found = await events.list({ calendarId: "primary", privateExtendedProperty }, at);
  expect(found.data.items?.map((event) => event.id)).toEqual([id]);

  const patched = await events.patch({ ...of, requestBody: { summary: "Geometry" } }, at);
  expect(patched.data).toMatchObject({ summary: "Geometry", hangoutLink: link });

  expect((await events.delete(of, at)).status).toBe(204);
  expect((await events.get(of, at)).data.status).toBe("cancelled");
  expect(await events.delete(of, at).catch(statusOf)).toBe(410);

  const before = auth.credentials;
  const { credentials } = await auth.refreshAccessToken();
  expect(credentials.access_token).not.toBe(before.access_token);
  expect(credentials.refresh_token).toBe(before.refresh_token);

  expect((await auth.revokeToken(String(credentials.access_token))).status).toBe(200);
  auth.setCredentials({ refresh_token: before.refresh_token ?? null });
  await expect(auth.refreshAccessToken()).rejects.toThrow("invalid_grant");
});

test("the id_token stands before Google's own verification", async () => {
  const auth = await signedIn();
  const ticket = await auth.verifyIdToken({
    idToken: auth.credentials.id_token ?? "",
    audience: sandbox.env("GOOGLE_CLIENT_ID"),
  });
  expect(ticket.getPayload()).toMatchObject({ email: maya, email_verified: true });
});
