/** The mark: a dish that reads as a G, and what it hears. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      className="shrink-0 text-accent"
      aria-hidden
    >
      <path d="M12 3.3a8.7 8.7 0 1 0 8.7 8.7H12" stroke="currentColor" strokeWidth="2.6" />
      <circle cx="18.2" cy="5.8" r="2.3" fill="currentColor" />
    </svg>
  );
}
