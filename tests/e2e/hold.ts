import type { Page, Request } from "@playwright/test";

/** Whether the request reads the page from the server again. */
export const isReread = (request: Request) => "rsc" in request.headers();

/** Holds requests back until the returned function is called. */
export async function hold(
  page: Page,
  path: string,
  isHeld: (request: Request) => boolean = () => true,
) {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route(path, async (route) => {
    if (isHeld(route.request())) await released;
    await route.continue();
  });
  return release;
}
