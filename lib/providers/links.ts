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
  if (link.length > LONGEST_LINK) return false;
  if (/[\s\\\p{Cc}]/u.test(link) || !URL.canParse(link)) return false;
  const url = new URL(link);
  if (url.username || url.password || url.pathname.length < 2) return false;
  if (isLoopback(rule.apiUrl) && isLoopback(url)) return /^https?:$/.test(url.protocol);
  return url.protocol === "https:" && url.port === "" && isOnDomain(url.hostname, rule.domains);
}

const isOnDomain = (host: string, domains: readonly string[]) =>
  domains.some((domain) => host === domain || host.endsWith(`.${domain}`));

/** No provider's links get near this; a page or a mail with a longer one would be unusable. */
const LONGEST_LINK = 2_000;

export interface RoomRule {
  /** The paths behind which a room opens, here and at the stand-in. Other pages of the host may lead away. */
  roomPath: RegExp;
  /** What such a link needs in its query. */
  roomParameters: readonly string[];
}

/**
 * Whether the link alone opens its room. The one place that decides whether people need a passcode besides it.
 */
export function opensAlone(link: string, { roomParameters }: Pick<RoomRule, "roomParameters">) {
  const { searchParams } = new URL(link);
  return roomParameters.every((name) => searchParams.get(name));
}

/** A room's password, as providers write it, Base64 included: nothing in it could be an address. */
const OPAQUE = /^(?!\/)(?!.*\/\/)[\w.~+/=-]{1,64}$/;

/**
 * The room's own link; null for any other page, and where a parameter that it needs is no password: without it, the
 * link would lead elsewhere than people were told. The rest of the query and the fragment go: they hold whose
 * account is used or who is the host, and a page of the provider may take them for where to lead on to.
 */
export function roomLink(link: string, { roomPath, roomParameters }: RoomRule): string | null {
  const url = new URL(link);
  if (!roomPath.test(url.pathname)) return null;
  const needed = roomParameters.flatMap((name) => {
    const value = url.searchParams.get(name);
    return value ? [[name, value] as [string, string]] : [];
  });
  if (needed.some(([, value]) => !OPAQUE.test(value))) return null;
  url.search = new URLSearchParams(needed).toString();
  url.hash = "";
  return url.href;
}
