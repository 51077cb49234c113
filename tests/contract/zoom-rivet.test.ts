/** Zoom's own client takes a meeting through its whole life at the stand-in. */
import { MeetingsOAuthClient } from "@zoom/rivet/meetings";
import axios from "axios";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TEST_APP_URL, TestSandbox } from "#sandbox/testing.ts";

const priya = "demo.three@example.org";
const sandbox = new TestSandbox(new Date());

// The client knows only one host for sign-in, so its requests are redirected to the stand-in.
const rewriting = axios.interceptors.request.use((request) => {
  const url = request.url?.replace(/^https:\/\/zoom\.us/, `${sandbox.url}/zoom`);
  return Object.assign(request, { url });
});

beforeAll(() => sandbox.start());
afterAll(async () => {
  axios.interceptors.request.eject(rewriting);
  await sandbox.end();
});

interface Tokens {
  accessToken: string;
  expirationTimeIso: string;
  refreshToken: string;
  scopes: string[];
}

/** What a receiver is given to install the app with. The client doesn't export the class itself. */
interface Installer {
  getAuthorizationUrl(): Promise<{ fullUrl: string }>;
  initRedirectCode(code: string): Promise<void>;
}

/** Takes the installer and serves nothing: the client's own receiver would listen on all addresses. */
class QuietReceiver {
  installer: Installer | undefined;
  canInstall() {
    return true as const;
  }
  init({ interactiveAuth }: { interactiveAuth?: unknown }) {
    this.installer = interactiveAuth as Installer;
  }
  start() {
    return undefined;
  }
  stop() {
    return undefined;
  }
}

const wanted = <T>(value: T | null | undefined): T => {
  if (value === null || value === undefined) throw new Error("The client got no answer.");
  return value;
};

test("consent, create, get, list, update, delete, refresh and revoke", async () => {
  let kept: Tokens | undefined;
  const receiver = new QuietReceiver();
  const client = new MeetingsOAuthClient({
    clientId: sandbox.env("ZOOM_CLIENT_ID"),
    clientSecret: sandbox.env("ZOOM_CLIENT_SECRET"),
    baseUrl: sandbox.env("ZOOM_API_URL"),
    receiver,
    installerOptions: {
      redirectUri: TEST_APP_URL,
      redirectUriPath: "/api/auth/zoom/callback",
      stateStore: "the client signs its state with this",
    },
    tokenStore: {
      getLatestToken: () => kept,
      storeToken: (token) => {
        kept = token;
      },
    },
  });
  const installer = wanted(receiver.installer);
  const { fullUrl } = await installer.getAuthorizationUrl();
  const here = fullUrl.replace("https://zoom.us", `${sandbox.url}/zoom`);
  const to = await sandbox.consent(here, { account: priya, decision: "allow" });
  await installer.initRedirectCode(to.searchParams.get("code") ?? "");
  const first = wanted<Tokens>(kept);
  expect(first.scopes).toContain("meeting:write:meeting");

  const { meetings } = client.endpoints;
  const made = await meetings.createMeeting({
    path: { userId: "me" },
    body: {
      topic: "Algebra",
      agenda: "segue:installation:key",
      type: 2,
      start_time: "2027-01-10T10:00:00Z",
      duration: 45,
    },
  });
  expect(made.statusCode).toBe(201);
  const { id, join_url } = wanted(made.data);
  const of = { path: { meetingId: wanted(id) } };

  expect(wanted((await meetings.getMeeting(of)).data).join_url).toBe(join_url);
  const list = () => meetings.listMeetings({ path: { userId: "me" }, query: { page_size: 300 } });
  const listed = wanted((await list()).data).meetings;
  expect(listed?.map((meeting) => [meeting.id, meeting.agenda])).toEqual([
    [id, "segue:installation:key"],
  ]);
  const changed = await meetings.updateMeeting({ ...of, body: { topic: "Geometry" } });
  expect(changed.statusCode).toBe(204);
  expect(wanted((await meetings.getMeeting(of)).data).topic).toBe("Geometry");
  expect((await meetings.deleteMeeting(of)).statusCode).toBe(204);
  await expect(meetings.getMeeting(of)).rejects.toThrow("[404/3001]");

  // The client refreshes a token by itself before the next call if it believes the token has expired.
  kept = { ...first, expirationTimeIso: new Date(0).toISOString() };
  await list();
  expect(wanted<Tokens>(kept).refreshToken).not.toBe(first.refreshToken);

  await sandbox.send("POST", `${sandbox.url}/control/revoke`, { provider: "zoom", email: priya });
  await expect(list()).rejects.toThrow("[401/124]");
});
