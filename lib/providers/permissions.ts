/** What a consent lets Segue do. Each provider's table says which of its scopes stands for what. */
export const permissions = [
  "know_account",
  "read_address",
  "write_calendar",
  "make_meetings",
  "change_meetings",
  "delete_meetings",
  "read_meetings",
  "list_meetings",
  "read_account",
] as const;
export type Permission = (typeof permissions)[number];

/** A provider's scopes that Segue needs, each with what it stands for. */
export type PermissionsByScope = Readonly<Record<string, Permission>>;

/** The scopes that are needed and that a consent to `granted` didn't give. */
export const missingScopes = (
  { requiredScopes }: { requiredScopes: readonly string[] },
  granted: readonly string[],
): string[] => requiredScopes.filter((scope) => !granted.includes(scope));
