/** Providers that ignore the dots in what stands before the @. */
const withoutDots = new Set(["gmail.com", "googlemail.com"]);

/**
 * The mailbox that an address leads to, as far as one can tell from outside: `Mia+a@…` and `mia+b@…` are one.
 * For counting only. Where a provider sees two mailboxes in it, they share a count.
 */
export function mailboxOf(email: string): string {
  const address = email.trim().toLowerCase();
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  const [local = ""] = address.slice(0, at).split("+");
  return withoutDots.has(domain) ? `${local.replaceAll(".", "")}@gmail.com` : `${local}@${domain}`;
}
