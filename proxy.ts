/** Next calls this before every request except those for built files. */
import type { NextRequest } from "next/server";
import { pageWhileAway } from "#server/away.ts";
import { gate } from "#server/gate.ts";

export async function proxy(request: NextRequest) {
  return (await pageWhileAway(request)) ?? gate(request);
}

export const config = { matcher: ["/((?!_next/static/).*)"] };
