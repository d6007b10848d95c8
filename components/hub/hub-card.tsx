import { Download, Tag } from 'lucide-react';
import Link from 'next/link';
import { executorPaths } from '#components/executor-paths.ts';
import { ExecutorTile } from '#components/executors/executor-name.tsx';
import { formatCount } from '#components/ui/format.ts';
import { RelativeTime } from '#components/ui/time.tsx';
import type { CatalogueItem } from '#lib/executors/catalogue.ts';

/** An Executor of the Hub; all of the card leads to its page. */
export function HubCard({ item }: { item: CatalogueItem }) {
  const { namespace, name, description, tag, pulls, updatedAt, isNobodys } = item;
  return (
    <li className="relative flex min-w-0 gap-3.5 border-b bg-raised p-4 hover:bg-hover xl:odd:border-r">
      <ExecutorTile />
      <div className="flex min-w-0 flex-1 flex-col">
        <h2 className="text-sm wrap-anywhere">
          <Link
            href={executorPaths.executor(item)}
            prefetch={false}
            className="after:absolute after:inset-0 -outline-offset-2"
          >
            {!isNobodys && <span className="font-normal text-text-2">{namespace}/</span>}
            {name}
          </Link>
        </h2>
        {description && <p className="line-clamp-2 text-13 wrap-anywhere text-text-2">{description}</p>}
        <p className="mt-auto flex flex-wrap gap-x-4 gap-y-0.5 pt-2 text-13 text-text-2 tabular-nums">
          {tag && (
            <span className="inline-flex min-w-0 items-center gap-1.5">
              <Tag aria-hidden size={14} className="shrink-0" />
              <span className="sr-only">Tag </span>
              <span className="truncate font-mono text-xs">{tag}</span>
            </span>
          )}
          <span className="inline-flex items-center gap-1.5">
            <Download aria-hidden size={14} />
            {formatCount(pulls)}
            <span className="sr-only"> {pulls === 1 ? 'pull' : 'pulls'}</span>
          </span>
          <RelativeTime at={updatedAt} />
        </p>
      </div>
    </li>
  );
}
