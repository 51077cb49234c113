/** Its message is one line, which names the roles and the statements that give them. */
export class RolesRefused extends Error {
  override readonly name = "RolesRefused";
}
