/** A process's access to a cloud. A call takes time, and may fail before, after and despite its effect. */

import { ProviderError } from "#lib/providers/errors.ts";
import type { GrantAccess, VideoProvider } from "#lib/providers/provider.ts";
import type { Process } from "#tests/simulation/machine/scheduler.ts";
import type { Cloud } from "./cloud.ts";
import { lost, perhapsLost, perhapsRefuse } from "./refusals.ts";
import type { Operation, Sky } from "./sky.ts";

/** The latest that a request lands. A sender has given up long before that. */
const LATEST_LANDING_MS = 45_000;

export function portTo(cloud: Cloud, sky: Sky, process: Process): VideoProvider {
  const { scheduler, faults, facts } = sky;
  const { dice } = scheduler;
  const latency = () => dice.int(20, sky.slowest);

  async function exchange<T>(
    operation: Operation,
    effect: () => T,
    of: { account?: string; externalId?: string } = {},
  ): Promise<T> {
    const label = `${facts.id} ${operation}${of.externalId ? ` ${of.externalId.slice(-6)}` : ""}`;
    sky.leaves({ cloud, by: process, operation, account: of.account ?? "", ...of });
    await scheduler.park(process, "call", label, latency());
    perhapsRefuse(sky, operation);
    const leave = of.account ? cloud.crowd.enter(scheduler, faults, of.account) : () => undefined;
    if (of.account) perhapsChangeHabits(of.account);
    const act = (by: Process | null): T => {
      const result = effect();
      sky.happened({ cloud, by, operation, account: of.account ?? "", ...of });
      return result;
    };
    if (comesLate(operation)) {
      leave();
      land(label, () => act(null));
      throw lost(sky, operation);
    }
    const outcome = settled(() => act(process));
    await scheduler.park(process, "answer", `${label}: answer`, latency());
    leave();
    perhapsLost(sky, operation);
    if ("error" in outcome) {
      sky.refused(process, outcome.error);
      throw outcome.error;
    }
    return outcome.value;
  }

  /** From now on this account gives back what it is told otherwise than it was told. */
  function perhapsChangeHabits(account: string): void {
    const { spelling, varying } = cloud;
    if (!spelling.has(account) && faults.strikes("spelled_otherwise")) spelling.add(account);
    if (facts.id !== "zoom" || varying.has(account)) return;
    if (faults.strikes("link_varies")) varying.add(account);
  }

  const comesLate = (operation: Operation): boolean =>
    operation === "create"
      ? faults.strikes("landed_late")
      : (operation === "update" || operation === "delete") && faults.strikes("changed_late");

  /** The request is still on its way after its sender has given up. */
  function land(label: string, act: () => unknown): void {
    const world: Process = { name: "network", alive: true, stalledUntil: 0 };
    void scheduler
      .park(world, "world", `${label} lands late`, dice.int(500, LATEST_LANDING_MS))
      .then(() => settled(act));
  }

  const as = (grant: GrantAccess) => cloud.accountOf(grant.accessToken);

  return {
    ...facts,
    authorizationUrl: ({ state, redirectUri }) => {
      const url = new URL(redirectUri);
      url.search = new URLSearchParams({ state }).toString();
      return url;
    },
    // The code names the account whose consent it is.
    exchangeCode: ({ code }) =>
      exchange("exchange", () => ({
        ...cloud.consent(code),
        scopes: faults.strikes("scope_less")
          ? facts.requiredScopes.slice(0, -1)
          : [...facts.requiredScopes],
        idToken: code,
      })),
    refresh: async (token) => {
      sky.refreshing(process, token, "leaves");
      try {
        const fresh = await exchange("refresh", () => cloud.refresh(token));
        return { ...fresh, scopes: [], idToken: null };
      } finally {
        sky.refreshing(process, token, "back");
      }
    },
    revoke: async (token) => {
      await exchange("revoke", () => {
        const revoked = cloud.revoke(token);
        if (revoked?.wasAlive) sky.revoked(revoked.account, process);
      });
    },
    account: ({ idToken, accessToken }) =>
      exchange("account", () => {
        const userId = idToken ?? cloud.accountOf(accessToken);
        return {
          userId,
          email: `${userId}@${facts.id}.example`,
          name: null,
          organisationId: facts.id === "zoom" ? "one-organisation" : null,
        };
      }),
    reach: () => exchange("account", () => undefined),
    createMeeting: (grant, request) =>
      exchange(
        "create",
        () => {
          const account = as(grant);
          return cloud.create(account, request, conference());
        },
        { account: grant.account.userId, externalId: request.key },
      ),
    findMeeting: (grant, { key }) =>
      exchange("find", () => ({ here: cloud.find(as(grant), key), next: null }), {
        externalId: key,
      }),
    listMarked: (grant, { installationId, from }) =>
      exchange("list", () => ({ here: cloud.marked(as(grant), installationId, from), next: null })),
    getMeeting: (grant, externalId) =>
      exchange("get", () => cloud.get(as(grant), externalId), {
        account: grant.account.userId,
        externalId,
      }),
    updateMeeting: async (grant, externalId, times) => {
      const change = () => cloud.update(as(grant), externalId, times);
      try {
        const account = grant.account.userId;
        const answer = await exchange("update", change, { account, externalId });
        return faults.strikes("answer_unread") ? null : answer;
      } catch (error) {
        const isUnclear = error instanceof ProviderError && error.code === "outcome_unknown";
        if (isUnclear) cloud.unseen.add(externalId);
        throw error;
      }
    },
    deleteMeeting: (grant, externalId) =>
      exchange(
        "delete",
        () => {
          const account = as(grant);
          cloud.delete(account, externalId);
        },
        { account: grant.account.userId, externalId },
      ),
    licence:
      facts.id === "zoom"
        ? (grant) =>
            exchange("licence", () => {
              as(grant);
              return "licensed" as const;
            })
        : null,
    hostLink: async (_grant, { joinUrl }) => joinUrl,
  };

  /** How many reads it takes until a new room's link is there. Negative means that it never comes. */
  function conference(): number {
    if (facts.id !== "google_meet") return 0;
    if (faults.strikes("meet_failed", 0.5)) return -1;
    return faults.strikes("meet_pending") ? dice.int(1, 3) : 0;
  }
}

function settled<T>(act: () => T): { value: T } | { error: unknown } {
  try {
    return { value: act() };
  } catch (error) {
    return { error };
  }
}
