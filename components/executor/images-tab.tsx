import Link from 'next/link';
import type { ReactNode } from 'react';
import { ImagePackages } from '#components/executor/image-packages.tsx';
import { ImageSignatures } from '#components/executor/image-signature.tsx';
import { RebuildButton } from '#components/executor/rebuild-button.tsx';
import { SignatureBadge } from '#components/executor/signature-badge.tsx';
import { Unfold } from '#components/executor/unfold.tsx';
import { executorPaths } from '#components/executor-paths.ts';
import { TagChip } from '#components/executors/tag-list.tsx';
import { FactList } from '#components/list/panel.tsx';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { formatBytes, formatDuration, formatExactBytes } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/time.tsx';
import type { ExecutorPage } from '#lib/executors/executor-page.ts';
import type { ExecutorImage } from '#lib/executors/image-list.ts';

/** Hexadecimal digits of a digest that are shown. */
const DIGEST_START = 'sha256:'.length + 12;

type Place = Pick<ExecutorPage, 'id' | 'namespace' | 'name' | 'isOwn'>;

function Copyable({ text, label, children }: { text: string; label: string; children: ReactNode }) {
  return (
    <span className="flex min-w-0 items-center gap-1">
      <span title={text} className="min-w-0 font-mono text-xs/5 wrap-anywhere">
        {children}
      </span>
      <CopyButton text={text} label={label} className="-my-1.5" />
    </span>
  );
}

function Built({ place, image }: { place: Place; image: ExecutorImage }) {
  const { createdAt, buildMs, taskId } = image;
  return (
    <>
      <RelativeTime at={createdAt} />, in {formatDuration(buildMs)}
      {place.isOwn && taskId && (
        <>
          {' '}
          <Link
            href={executorPaths.executor(place, { tab: 'pushes', push: taskId })}
            prefetch={false}
            className="link ml-2 whitespace-nowrap"
          >
            See the log
          </Link>
        </>
      )}
    </>
  );
}

function factsOf(place: Place, image: ExecutorImage) {
  const { digest, reference, sizeBytes, platform, jinaVersion } = image;
  return [
    {
      term: 'Digest',
      fact: (
        <Copyable text={digest} label="Copy the whole digest">
          {digest.slice(0, DIGEST_START)}…
        </Copyable>
      ),
    },
    {
      term: 'Address',
      fact: (
        <Copyable text={reference} label="Copy the address">
          {reference}
        </Copyable>
      ),
    },
    {
      term: 'Size',
      fact: (
        <span title={formatExactBytes(sizeBytes)}>
          {formatBytes(sizeBytes)} <span className="text-text-2">compressed</span>
        </span>
      ),
    },
    { term: 'Platform', fact: platform },
    ...(jinaVersion === null ? [] : [{ term: 'jina', fact: jinaVersion }]),
    { term: 'Built', fact: <Built place={place} image={image} /> },
  ];
}

function Layers({ layers }: Pick<ExecutorImage, 'layers'>) {
  return (
    <Unfold title="Layers" count={layers.length}>
      <ol className="px-4 pb-2 text-13">
        {layers.map(({ digest, sizeBytes }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a layer may come twice, and layers never move
          <li key={`${index} ${digest}`} className="flex justify-between gap-4 border-b py-1 last:border-0">
            <span title={digest} className="min-w-0 truncate font-mono text-xs/5">
              {digest.slice(0, DIGEST_START)}…
            </span>
            <span title={formatExactBytes(sizeBytes)} className="shrink-0 text-text-2 tabular-nums">
              {formatBytes(sizeBytes)}
            </span>
          </li>
        ))}
      </ol>
    </Unfold>
  );
}

function Image({ place, image }: { place: Place; image: ExecutorImage }) {
  const { id, tag, tags, commitNumber, isRebuilt, isPushedFor, jinaVersion, layers, packageCount } = image;
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-lg border bg-raised">
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2">
        <h3 id={id} className="text-sm">
          Push {commitNumber}
          {isRebuilt && (isPushedFor ? ', built again' : ` for jina ${jinaVersion}`)}
        </h3>
        <span className="flex min-w-0 flex-wrap gap-1.5">
          {tags.map((name) => (
            <TagChip key={name}>{name}</TagChip>
          ))}
        </span>
        <SignatureBadge image={image} />
      </header>
      <FactList facts={factsOf(place, image)} />
      <ImageSignatures executor={place} image={image} />
      <Layers layers={layers} />
      {packageCount === null ? (
        <p className="border-t px-4 py-2.5 text-13 text-text-2">What is installed in it could not be read.</p>
      ) : (
        <ImagePackages executor={{ id: place.id, name: place.name }} tag={tag} count={packageCount} />
      )}
    </section>
  );
}

interface ImagesTabProps {
  executor: ExecutorPage;
  images: ExecutorImage[];
  /** Whether this server builds any. */
  isBuilding: boolean;
}

/** The container images of an Executor, those of its newest pushes first. */
export function ImagesTab({ executor, images, isBuilding }: ImagesTabProps) {
  const { id, namespace, name, isOwn, shownTag } = executor;
  const tags = executor.tags.map((one) => one.name);
  return (
    <section aria-labelledby="images">
      <div className="mb-2 flex min-h-8 items-center justify-between gap-4">
        <h2 id="images">Images</h2>
        {isOwn && isBuilding && (
          <RebuildButton executor={{ id, namespace, name }} tags={tags} shownTag={shownTag} />
        )}
      </div>
      {images.length === 0 ? (
        <p className="text-text-2">
          It has no image yet. A push builds one; what was pushed before can be built from here by its owner.
        </p>
      ) : (
        <div className="grid grid-cols-1 items-start gap-4 wide:grid-cols-2">
          {images.map((image) => (
            <Image key={image.id} place={{ id, namespace, name, isOwn }} image={image} />
          ))}
        </div>
      )}
    </section>
  );
}
