import { isLoopback } from "#lib/platform/config.ts";

export interface LinkRule {
  /** Domains of the provider. Their subdomains count too. */
  domains: readonly string[];
  /**
   * The URL at which the provider's API is configured. On loopback it is a stand-in, whose links are on
   * loopback as well.
   */
  apiUrl: string;
}

/**
 * Whether people may be sent to this link: it is https, on a host of the provider, and contains nothing that
 * makes it look like another address. A link that fails this test never reaches a lesson.
 */
export function isMeetingLink(link: string, rule: LinkRule): boolean {
  // The URL parser silently drops line breaks and turns backslashes into slashes. A link that needs that is
  // refused.
  if (/[\s\\\p{Cc}]/u.test(link) || !URL.canParse(link)) return false;
  const url = new URL(link);
  if (url.username || url.password || url.pathname.length < 2) return false;
  if (isLoopback(rule.apiUrl) && isLoopback(url)) return /^https?:$/.test(url.protocol);
  return url.protocol === "https:" && url.port === "" && isOnDomain(url.hostname, rule.domains);
}

const isOnDomain = (host: string, domains: readonly string[]) =>
  domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
