/** Next calls this before every request but those for built files. */
import type { NextRequest } from "next/server";
import { gate } from "#server/gate.ts";

export function proxy(request: NextRequest) {
  return gate(request);
}

export const config = { matcher: ["/((?!_next/static|_next/image|icon.svg).*)"] };
