import Link from 'next/link';
import { Suspense } from 'react';
import { Readme } from '#components/executor/readme.tsx';
import { UsePanel } from '#components/executor/use-panel.tsx';
import { executorPaths } from '#components/executor-paths.ts';
import type { ExecutorPage } from '#lib/executors/executor-page.ts';
import type { ExecutorImage } from '#lib/executors/image-list.ts';
import { readPackageFile } from '#lib/executors/package-files.ts';

interface ReadmeTabProps {
  executor: ExecutorPage;
  /** Of the commit that is shown; null: it has none. */
  image: ExecutorImage | null;
  serverAddress: string;
}

function Keywords({ keywords }: { keywords: string[] }) {
  if (keywords.length === 0) return null;
  return (
    <ul aria-label="Keywords" className="flex flex-wrap gap-1.5">
      {keywords.map((keyword) => (
        <li key={keyword} className="max-w-full">
          <Link
            href={executorPaths.hub({ keyword })}
            prefetch={false}
            className="inline-flex h-6 max-w-full items-center rounded-sm border bg-raised px-2 text-13 text-text-2 hover:bg-hover hover:text-text"
          >
            <span className="truncate">{keyword}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The readme of the commit that is shown: the newest one's is at hand, another's is in its package. */
async function OpenReadme({ executor }: { executor: ExecutorPage }) {
  const { commit, isNewest, isOwn } = executor;
  const { readmePath } = commit.facts;
  let text = isNewest ? executor.readme : null;
  if (!isNewest && readmePath !== null) {
    const file = await readPackageFile(commit.stored, readmePath);
    text = file?.kind === 'text' ? file.text : null;
  }
  if (text !== null && text.trim() !== '')
    return <Readme text={text} executor={executor} readmePath={readmePath ?? ''} />;
  return (
    <p className="text-text-2">
      {commit.facts.docstring ?? 'The package has no readme.'}
      {isOwn && !commit.facts.docstring && ' Add a README.md and push again; it shows here.'}
    </p>
  );
}

/** What the Executor says of itself, and how to use it. */
export function ReadmeTab({ executor, image, serverAddress }: ReadmeTabProps) {
  return (
    <div className="grid grid-cols-1 items-start gap-6 xl:grid-cols-[minmax(0,1fr)_392px]">
      <section aria-label="Readme" className="min-w-0 max-xl:order-last">
        <Suspense>
          <OpenReadme executor={executor} />
        </Suspense>
      </section>
      <div className="grid min-w-0 grid-cols-1 gap-4">
        <UsePanel executor={executor} image={image} serverAddress={serverAddress} />
        <Keywords keywords={executor.keywords} />
        {executor.url && /^https?:\/\//.test(executor.url) && (
          <p className="text-13 wrap-anywhere">
            <a href={executor.url} rel="nofollow noopener" className="link">
              {executor.url}
            </a>
          </p>
        )}
      </div>
    </div>
  );
}
