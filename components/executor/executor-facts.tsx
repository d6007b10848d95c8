import { DigestFact, Fact, Facts } from '#components/list/fact.tsx';
import { formatBytes, formatCount, formatExactBytes } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/time.tsx';
import type { ExecutorPage } from '#lib/executors/executor-page.ts';
import type { ExecutorImage } from '#lib/executors/image-list.ts';

interface ExecutorFactListProps {
  executor: ExecutorPage;
  /** Of the commit that is shown; null: it has none. */
  image: ExecutorImage | null;
}

/** The facts of the commit that is shown. */
export function ExecutorFactList({ executor, image }: ExecutorFactListProps) {
  const { commit, shownTag, pulls, isNewest } = executor;
  const { hubbleSdk, program, python } = commit.client;
  return (
    <Facts>
      <Fact term={shownTag === null ? 'Newest push' : 'Tag'}>
        <span className="max-w-40 truncate font-mono text-13">{shownTag ?? `#${commit.number}`}</span>
        {!isNewest && <span className="font-normal text-text-2">not the newest</span>}
      </Fact>
      <Fact term="Size" title={formatExactBytes(commit.sizeBytes)}>
        {formatBytes(commit.sizeBytes)}
      </Fact>
      {image && (
        <Fact term="Image" title={formatExactBytes(image.sizeBytes)}>
          {formatBytes(image.sizeBytes)}
          <span className="font-normal text-text-2">{image.platform}</span>
        </Fact>
      )}
      <DigestFact sha256={commit.sha256} />
      <Fact term="Class">
        <span className="max-w-64 truncate font-mono text-13">{commit.className}</span>
      </Fact>
      <Fact term="Pushed by">
        <span className="max-w-64 truncate">
          {hubbleSdk ? `jina-hubble-sdk ${hubbleSdk}` : (program ?? 'Unknown')}
        </span>
        {commit.jina && <span className="font-normal text-text-2">jina {commit.jina}</span>}
        {python && (
          <span className="font-normal text-text-2">Python {python.split('.').slice(0, 2).join('.')}</span>
        )}
      </Fact>
      <Fact term="Push">
        {commit.number}
        <span className="font-normal text-text-2">
          <RelativeTime at={commit.createdAt} />
        </span>
      </Fact>
      <Fact term="Pulls">{formatCount(pulls)}</Fact>
    </Facts>
  );
}
