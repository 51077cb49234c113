import { isLoopback } from "#lib/platform/config.ts";

export interface LinkRule {
  /** Domains of the provider; their subdomains count as theirs too. */
  domains: readonly string[];
  /** Where the provider's API is configured to be. On loopback it is a stand-in, whose links are there as well. */
  apiUrl: string;
}

/**
 * Whether people may be sent to this link: https, on a host of the provider, with nothing in it that
 * makes it look like another place. A link that fails this never reaches a session.
 */
export function isMeetingLink(link: string, rule: LinkRule): boolean {
  // The URL parser drops line breaks and turns backslashes silently; a link that needs that is not one.
  if (/[\s\\\p{Cc}]/u.test(link) || !URL.canParse(link)) return false;
  const url = new URL(link);
  if (url.username || url.password || url.pathname.length < 2) return false;
  if (isLoopback(rule.apiUrl) && isLoopback(url)) return /^https?:$/.test(url.protocol);
  return url.protocol === "https:" && url.port === "" && isOnDomain(url.hostname, rule.domains);
}

const isOnDomain = (host: string, domains: readonly string[]) =>
  domains.some((domain) => host === domain || host.endsWith(`.${domain}`));
