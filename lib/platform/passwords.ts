/** How passwords are kept: as sign-in's library keeps them (scrypt with a salt), so that both read the same. */
import * as library from "better-auth/crypto";

export const hashPassword = (password: string): Promise<string> => library.hashPassword(password);

export const verifyPassword = (password: string, hash: string): Promise<boolean> =>
  library.verifyPassword({ password, hash });
