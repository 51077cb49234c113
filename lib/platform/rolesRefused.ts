/** The message is one line that names the roles and the statements that grant them. */
export class RolesRefused extends Error {
  override readonly name = "RolesRefused";
}
