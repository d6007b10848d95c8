import { Pencil } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { paths } from '#components/paths.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { formatBytes, formatCount, formatExactBytes } from '#components/ui/format.ts';
import { EndTime, RelativeTime } from '#components/ui/time.tsx';
import type { ArtifactPage } from '#lib/artifacts/get-artifact-page.ts';

/** Characters of a digest's beginning and end that are shown. */
const DIGEST_ENDS = 8;

function Fact({ term, title, children }: { term: string; title?: string; children: ReactNode }) {
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

/** The program that pushed, and what it ran on. */
function pushedBy({ client }: ArtifactPage): { program: string; system: string | null } {
  const { docarray, hubbleSdk, python, program } = client;
  const system = python && `Python ${python.split('.').slice(0, 2).join('.')}`;
  if (docarray) return { program: `docarray ${docarray}`, system };
  if (hubbleSdk) return { program: `jina-hubble-sdk ${hubbleSdk}`, system };
  return { program: program ?? 'Unknown', system };
}

/** The facts of an artifact that every tab shows. */
export function ArtifactFacts({ artifact }: { artifact: ArtifactPage }) {
  const { documents, sizeBytes, sha256, version, pushedAt, pulls, expiresAt, isOwn } = artifact;
  const { program, system } = pushedBy(artifact);
  return (
    <dl className="mt-5 overflow-hidden rounded-lg border bg-raised max-md:grid max-md:grid-cols-2 md:flex md:flex-wrap">
      {documents !== null && <Fact term="Documents">{formatCount(documents)}</Fact>}
      <Fact term="Size" title={formatExactBytes(sizeBytes)}>
        {formatBytes(sizeBytes)}
      </Fact>
      <Fact term="SHA-256">
        <span className="inline-flex items-center whitespace-nowrap">
          <span title={sha256} className="font-mono text-xs max-md:tracking-tighter">
            {sha256.slice(0, DIGEST_ENDS)}…{sha256.slice(-DIGEST_ENDS)}
          </span>
          <CopyButton text={sha256} label="Copy the whole digest" className="-my-1.5 md:ml-1" />
        </span>
      </Fact>
      <Fact term="Pushed by">
        <span className="max-w-64 truncate">{program}</span>
        {system && <span className="max-w-32 truncate font-normal text-text-2">{system}</span>}
      </Fact>
      <Fact term="Version">
        {version}
        <span className="font-normal text-text-2">
          <RelativeTime at={pushedAt} />
        </span>
      </Fact>
      <Fact term="Pulls">{formatCount(pulls)}</Fact>
      <Fact term="Kept until">
        <EndTime hasTerm at={expiresAt} endless="For ever" />
        {isOwn && (
          <Link
            href={paths.artifact(artifact, 'settings')}
            aria-label="Change how long it is kept"
            title="Change how long it is kept"
            className="-my-1.5 grid size-8 place-items-center rounded-md text-text-2 hover:bg-hover hover:text-text"
          >
            <Pencil aria-hidden size={14} />
          </Link>
        )}
      </Fact>
    </dl>
  );
}
