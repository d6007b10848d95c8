import { CopyButton } from '#components/ui/copy-button.tsx';

/** Hexadecimal digits that are shown. */
const SHOWN = 16;

interface FingerprintProps {
  /** 64 hexadecimal digits. */
  fingerprint: string;
  /** The key's. */
  name: string;
}

/** The beginning of a key's fingerprint, and the whole of it to copy. */
export function Fingerprint({ fingerprint, name }: FingerprintProps) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1">
      <code
        title={`SHA-256 of the key: ${fingerprint}`}
        className="min-w-0 font-mono text-xs/5 wrap-anywhere"
      >
        {fingerprint.slice(0, SHOWN)}…
      </code>
      <CopyButton text={fingerprint} label={`Copy the fingerprint of ${name}`} className="-my-1.5" />
    </span>
  );
}
