/** Sign-up, sign-in, sign-out and passwords. */
import { accountRoute } from "#server/account/accountRoute.ts";

export { accountRoute as GET, accountRoute as POST };
