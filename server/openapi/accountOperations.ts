/** The routes of sign-in and of what people change about it. */
import { z } from "zod";
import {
  newPasswordInput,
  resetRequestInput,
  signInInput,
  signUpInput,
} from "#lib/services/people/accountInput.ts";
import {
  changeAddressInput,
  changePasswordInput,
  deleteAccountInput,
} from "#lib/services/people/changeAccount.ts";
import { confirmInput, disownInput } from "#lib/services/people/confirmAddress.ts";
import { demoInput } from "#server/demo/demoInput.ts";
import type { Row } from "./operation.ts";

const signedIn = z
  .looseObject({ token: z.string().nullable() })
  .describe("The bearer for programs is in the header set-auth-token; browsers get a cookie.");
export const accountOperations: Row[] = [
  ["POST", "/api/account/sign-up/email", "anyone", "Sign up", { 200: signedIn }, signUpInput],
  ["POST", "/api/account/sign-in/email", "anyone", "Sign in", { 200: signedIn }, signInInput],
  [
    "POST",
    "/api/demo/enter",
    "anyone",
    "Sign in as one of the demo's people; exists only while the demo runs on this machine",
    { 200: signedIn },
    demoInput,
  ],
  ["POST", "/api/account/sign-out", "anyone", "Sign out", { 200: z.looseObject({}) }],
  [
    "POST",
    "/api/account/request-password-reset",
    "anyone",
    "Have a link mailed that sets a new password; the same answer for every address",
    { 200: z.looseObject({}) },
    resetRequestInput,
  ],
  [
    "POST",
    "/api/account/reset-password",
    "anyone",
    "Set a new password with the mailed token; ends every sign-in",
    { 200: z.looseObject({}) },
    newPasswordInput,
  ],
  [
    "POST",
    "/api/account/confirm-address",
    "key-holder",
    "Confirm an address with the mailed token: signed in, or with the password, or setting one",
    { 200: z.object({ email: z.string() }) },
    confirmInput,
  ],
  [
    "POST",
    "/api/account/disown",
    "key-holder",
    "“This wasn't me”, with the mailed token: deletes an account that was never used",
    { 204: null },
    disownInput,
  ],
  [
    "POST",
    "/api/account/send-confirmation",
    "signed-in",
    "Have the mail that confirms one's address sent again",
    { 204: null },
  ],
  [
    "POST",
    "/api/account/change-address",
    "signed-in",
    "Have another address asked; the present one holds until it answers",
    { 204: null },
    changeAddressInput,
  ],
  [
    "POST",
    "/api/account/keep-address",
    "signed-in",
    "Take back a change of the address that waits for its mailbox",
    { 204: null },
  ],
  [
    "POST",
    "/api/account/change-password",
    "signed-in",
    "Set another password; ends every other sign-in, and the calendar feed",
    { 204: null },
    changePasswordInput,
  ],
  [
    "POST",
    "/api/account/delete",
    "signed-in",
    "Delete one's account, if nothing hangs on it",
    { 204: null },
    deleteAccountInput,
  ],
];
