/** The product's name, the same in every language. */
export const BRAND = "Segue";

/** Two rooms, one fading as the other takes over. */
export function SegueMark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect x="2" y="7" width="18" height="18" rx="6" className="markOld" />
      <rect x="12" y="7" width="18" height="18" rx="6" className="markNew" />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className="wordmark">
      <SegueMark />
      {BRAND}
    </span>
  );
}
