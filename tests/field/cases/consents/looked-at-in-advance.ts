import { newPerson } from "#tests/e2e/people.ts";
import type { FieldCase } from "../../fieldCase.ts";

export const fieldCase: FieldCase = {
  situation: "the way back from a consent page is asked with HEAD, then fetched in advance",
  right: "neither uses the answer up; the person's own request does",
  async play({ app, browser }) {
    const { api, page } = await newPerson(browser, app, { role: "tutor", name: "Tutor Looked" });
    await page.goto("/tutor/video-setup");
    await page.getByRole("link", { name: "Connect Zoom", exact: true }).click();
    const state = new URL(page.url()).searchParams.get("state") ?? "";
    const back = `/api/auth/zoom/callback?error=access_denied&state=${encodeURIComponent(state)}`;
    const head = await api.head(back, { maxRedirects: 0 });
    const headers = { "sec-purpose": "prefetch" };
    const early = await api.get(back, { headers, maxRedirects: 0 });
    const own = await api.get(back, { maxRedirects: 0 });
    const led = new URL(own.headers().location ?? app.url).search;
    return {
      isRight: head.status() === 204 && early.status() === 425 && led === "?error=access_denied",
      seen: `${head.status()}, ${early.status()}, then ${own.status()} to ${led}`,
    };
  },
};
