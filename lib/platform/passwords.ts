/** How passwords are kept: as sign-in's library keeps them (scrypt with a salt), so that both read the same. */
export { hashPassword, verifyPassword } from "better-auth/crypto";
