import { FileText } from 'lucide-react';
import Link from 'next/link';
import { Suspense } from 'react';
import { Highlighted, languageOf } from '#components/executor/highlighted.tsx';
import { executorPaths } from '#components/executor-paths.ts';
import { classes } from '#components/ui/classes.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';
import { formatBytes, formatExactBytes } from '#components/ui/format.ts';
import type { ExecutorPage } from '#lib/executors/executor-page.ts';
import { type PackageFile, readPackageFile } from '#lib/executors/package-files.ts';

/** More of them are counted, not listed. */
const MAX_LISTED = 500;
/** A box that scrolls takes focus, or the keyboard could not scroll it. */
const KEYBOARD_SCROLLING = { tabIndex: 0 };

interface FilesTabProps {
  executor: ExecutorPage;
  /** The path of the file that is open; null: the source of the class. */
  open: string | null;
}

const WHY: Record<Exclude<PackageFile['kind'], 'text'>, string> = {
  binary: 'This file is no text.',
  'too-large': 'This file is too large to be shown here. It comes with the package.',
  lost: 'This file cannot be read from the store now. Try again, or push the Executor again.',
};

function Source({ path, text }: { path: string; text: string }) {
  const lines = text.replace(/\n$/, '').split('\n').length;
  return (
    <div {...KEYBOARD_SCROLLING} className="flex overflow-x-auto py-2.5 font-mono text-xs/5">
      <pre aria-hidden className="sticky left-0 bg-raised pr-3 pl-4 text-right text-text-3 select-none">
        {Array.from({ length: lines }, (_, index) => index + 1).join('\n')}
      </pre>
      <pre className="pr-4 pl-1">
        <code>
          <Highlighted text={text} language={languageOf(path)} />
        </code>
      </pre>
    </div>
  );
}

/** One file of the package, read from its zip. */
async function OpenFile({ executor, path }: { executor: ExecutorPage; path: string }) {
  const file = await readPackageFile(executor.commit.stored, path);
  return (
    <section aria-labelledby="file" className="min-w-0 rounded-lg border bg-raised">
      <header className="flex min-h-11 items-center justify-between gap-3 border-b px-4 py-1.5">
        <h2 id="file" className="min-w-0 font-mono text-13 font-medium wrap-anywhere">
          {path}
        </h2>
        {file?.kind === 'text' && <CopyButton text={file.text} label="Copy the file" />}
      </header>
      {file?.kind === 'text' ? (
        <Source path={path} text={file.text} />
      ) : (
        <p className="px-4 py-3 text-text-2">{file ? WHY[file.kind] : 'The package has no such file.'}</p>
      )}
    </section>
  );
}

/** The files of the package that is shown, and one of them. */
export function FilesTab({ executor, open }: FilesTabProps) {
  const { files, filePath } = executor.commit.facts;
  if (files.length === 0) return <p className="text-text-2">It is not known what the package holds.</p>;
  const path = open ?? (files.some((file) => file.path === filePath) ? filePath : (files[0]?.path ?? ''));
  const tag = executor.shownTag === 'latest' ? null : executor.shownTag;
  return (
    <div className="grid grid-cols-1 items-start gap-5 wide:grid-cols-[280px_minmax(0,1fr)]">
      <nav aria-label="Files" className="max-h-[70vh] overflow-y-auto rounded-lg border bg-raised p-1.5">
        <ul className="grid gap-px">
          {files.slice(0, MAX_LISTED).map((file) => (
            <li key={file.path}>
              <Link
                href={executorPaths.executor(executor, { tab: 'files', tag, file: file.path })}
                prefetch={false}
                scroll={false}
                aria-current={file.path === path ? 'true' : undefined}
                className={classes(
                  'flex min-h-8 items-center gap-2 rounded-md px-2 py-1 -outline-offset-2 hover:bg-hover',
                  file.path === path && 'bg-selected font-medium',
                )}
              >
                <FileText aria-hidden size={14} className="shrink-0 text-text-3" />
                <span className="min-w-0 flex-1 font-mono text-13 wrap-anywhere">{file.path}</span>
                <span
                  title={formatExactBytes(file.sizeBytes)}
                  className="shrink-0 text-xs text-text-2 tabular-nums"
                >
                  {formatBytes(file.sizeBytes)}
                </span>
              </Link>
            </li>
          ))}
        </ul>
        {files.length > MAX_LISTED && (
          <p className="px-2 py-1.5 text-13 text-text-2">and {files.length - MAX_LISTED} more</p>
        )}
      </nav>
      <Suspense key={path}>
        <OpenFile executor={executor} path={path} />
      </Suspense>
    </div>
  );
}
