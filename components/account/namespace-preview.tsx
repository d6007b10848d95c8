import type { ReactNode } from 'react';
import { formatBytes } from '#components/ui/format.ts';

function Example({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="grid gap-2">
      <h3 className="text-13 font-medium">{title}</h3>
      <p className="rounded-lg border bg-sunken px-3.5 py-2.5 font-mono text-xs/5 wrap-anywhere">
        {children}
      </p>
    </div>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[96px_1fr] gap-2 border-b py-1.5 last:border-0">
      <dt className="text-text-2">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface NamespacePreviewProps {
  name: string;
  quotaBytes: number;
  /** Null: kept for ever. */
  retentionDays: number | null;
}

/** Where the namespace will stand, as the person types it. */
export function NamespacePreview({ name, quotaBytes, retentionDays }: NamespacePreviewProps) {
  const shown = <b className="font-semibold text-accent">{name || 'you'}</b>;
  return (
    <>
      <div>
        <h2>This is where your namespace goes</h2>
        <p className="mt-0.5 text-text-2">It changes here as you type.</p>
      </div>
      <Example title="You push">
        photos.push(<span className="text-info">'jac://{shown}/my-photos'</span>)
      </Example>
      <Example title="Others pull what you made public">
        DocumentArray.pull(<span className="text-info">'{shown}/my-photos'</span>)
      </Example>
      <dl className="mt-2 text-13">
        <Fact term="Space">{formatBytes(quotaBytes)}</Fact>
        <Fact term="Kept for">
          {retentionDays === null ? 'As long as you want' : `${retentionDays} days after each push`}
        </Fact>
        <Fact term="Who sees it">
          You decide for each thing. The administrators see names and sizes, never what is inside.
        </Fact>
      </dl>
    </>
  );
}
