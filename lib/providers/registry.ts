import { type Config, isLoopback } from "#lib/platform/config.ts";
import { CALL_TIMEOUT_MS } from "#lib/platform/patience.ts";
import { withinBounds } from "#lib/providers/believed.ts";
import { googleMeet } from "#lib/providers/google-meet/index.ts";
import { isMeetingLink, opensAlone, type RoomRule, roomLink } from "#lib/providers/links.ts";
import type { ProviderId, VideoProvider } from "#lib/providers/provider.ts";
import { zoom } from "#lib/providers/zoom/index.ts";

type ProvidersConfig = Pick<Config, "google" | "zoom">;

/** What a provider's folder exports. */
interface ProviderModule extends RoomRule {
  readonly id: ProviderId;
  readonly label: string;
  readonly linkDomains: readonly string[];
  /** What its rooms' links look like, for people. */
  readonly roomExamples: readonly string[];
  apiUrl(config: ProvidersConfig): string;
  create(
    config: ProvidersConfig,
    means: { clock: () => Date; deadline: () => AbortSignal },
  ): VideoProvider | null;
}

/** A new provider is a folder and a line here. */
const modules: Record<ProviderId, ProviderModule> = {
  google_meet: googleMeet,
  zoom,
};

export interface Providers {
  /** The providers that have credentials. */
  readonly all: readonly VideoProvider[];
  /** @throws Error when the provider has no credentials here */
  get(id: ProviderId): VideoProvider;
  has(id: ProviderId): boolean;
  /** The provider's name, with or without credentials. */
  label(id: ProviderId): string;
  /** Whether its service runs on this machine, so that its rooms are only for trying things out. */
  isLocal(id: ProviderId): boolean;
  /** The provider that this meeting link belongs to; null when people must not be sent there. */
  ownerOf(link: string): ProviderId | null;
  /**
   * The link of the room behind this link of the provider, without what no room needs; null where it is another
   * of the provider's pages.
   */
  roomLink(id: ProviderId, link: string): string | null;
  roomExamples(id: ProviderId): readonly string[];
  /** Whether this link of the provider opens its room without a passcode besides it. */
  opensAlone(id: ProviderId, link: string): boolean;
}

export function createProviders(
  config: ProvidersConfig,
  options: { clock?: () => Date; deadline?: () => AbortSignal } = {},
): Providers {
  const means = {
    clock: options.clock ?? (() => new Date()),
    deadline: options.deadline ?? (() => AbortSignal.timeout(CALL_TIMEOUT_MS)),
  };
  const list = Object.values(modules);
  const all = list.flatMap((module) => {
    const provider = module.create(config, means);
    return provider ? [withinBounds(provider, means.clock)] : [];
  });
  const find = (id: ProviderId) => all.find((provider) => provider.id === id);
  return {
    all,
    get(id) {
      const provider = find(id);
      if (!provider) throw new Error(`${modules[id].label} has no credentials configured`);
      return provider;
    },
    has: (id) => find(id) !== undefined,
    label: (id) => modules[id].label,
    isLocal: (id) => isLoopback(modules[id].apiUrl(config)),
    ownerOf(link) {
      const candidates = list.filter((module) =>
        isMeetingLink(link, { domains: module.linkDomains, apiUrl: module.apiUrl(config) }),
      );
      if (candidates.length < 2) return candidates[0]?.id ?? null;
      const { pathname } = new URL(link);
      return candidates.find((module) => module.roomPath.test(pathname))?.id ?? null;
    },
    roomLink: (id, link) => roomLink(link, modules[id]),
    roomExamples: (id) => modules[id].roomExamples,
    opensAlone: (id, link) => opensAlone(link, modules[id]),
  };
}
