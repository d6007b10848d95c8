import { Pencil } from 'lucide-react';
import Link from 'next/link';
import { DigestFact, Fact, Facts } from '#components/list/fact.tsx';
import { paths } from '#components/paths.ts';
import { formatBytes, formatCount, formatExactBytes } from '#components/ui/format.ts';
import { EndTime, RelativeTime } from '#components/ui/time.tsx';
import type { ArtifactPage } from '#lib/artifacts/get-artifact-page.ts';

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
    <Facts>
      {documents !== null && <Fact term="Documents">{formatCount(documents)}</Fact>}
      <Fact term="Size" title={formatExactBytes(sizeBytes)}>
        {formatBytes(sizeBytes)}
      </Fact>
      <DigestFact sha256={sha256} />
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
    </Facts>
  );
}
