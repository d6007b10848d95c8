import type { ReactNode } from 'react';
import { CopyButton } from '#components/ui/copy-button.tsx';

/** Characters of a digest's beginning and end that are shown. */
const DIGEST_ENDS = 8;

/** A fact of a thing's head; for a `Facts`. */
export function Fact({ term, title, children }: { term: string; title?: string; children: ReactNode }) {
  return (
    <div className="min-w-0 flex-auto px-3 md:px-4 pt-2.5 pb-2.75 shadow-[-1px_-1px_0_var(--color-line)] max-md:last:odd:col-span-2">
      <dt className="text-xs text-text-2">{term}</dt>
      <dd
        title={title}
        className="mt-0.5 flex min-h-5 min-w-0 flex-wrap items-center gap-x-1.5 font-medium tabular-nums md:whitespace-nowrap"
      >
        {children}
      </dd>
    </div>
  );
}

/** The facts of a thing that every tab of its page shows. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <dl className="mt-5 overflow-hidden rounded-lg border bg-raised max-md:grid max-md:grid-cols-2 md:flex md:flex-wrap">
      {children}
    </dl>
  );
}

/** A SHA-256, cut, and a button that copies all of it. */
export function DigestFact({ sha256 }: { sha256: string }) {
  return (
    <Fact term="SHA-256">
      <span className="inline-flex items-center whitespace-nowrap">
        <span title={sha256} className="font-mono text-xs max-md:tracking-tighter">
          {sha256.slice(0, DIGEST_ENDS)}…{sha256.slice(-DIGEST_ENDS)}
        </span>
        <CopyButton text={sha256} label="Copy the whole digest" className="-my-1.5 md:ml-1" />
      </span>
    </Fact>
  );
}
