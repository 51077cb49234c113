import { useTranslations } from "next-intl";
import type { ProviderId } from "#lib/providers/provider.ts";

/** A small neutral mark in the provider's colour. Its name always stands beside it. */
export function ProviderMark({ provider, size = 16 }: { provider: ProviderId; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
      className="providerMark"
      data-provider={provider}
    >
      {shapes[provider]}
    </svg>
  );
}

/** The shapes differ so that the marks can be told apart without colour too. */
const shapes: Record<ProviderId, React.ReactNode> = {
  google_meet: <path d="M8 1 15 8 8 15 1 8Z" />,
  zoom: <circle cx="8" cy="8" r="7" />,
};

export function ProviderName({ provider, label }: { provider: ProviderId; label?: string }) {
  const words = useTranslations("providers");
  return (
    <span className="providerName">
      <ProviderMark provider={provider} />
      {label ?? words(provider)}
    </span>
  );
}
