/** Sign-up, sign-in, sign-out and passwords, all answered by better-auth. */
import { guarded } from "#server/http.ts";
import { runtime } from "#server/runtime.ts";

const handle = (request: Request): Promise<Response> =>
  guarded(request, () => runtime().auth.handler(request));

export { handle as GET, handle as POST };
