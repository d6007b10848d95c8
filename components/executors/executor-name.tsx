import { Box } from 'lucide-react';
import Link from 'next/link';
import { executorPaths } from '#components/executor-paths.ts';
import { classes } from '#components/ui/classes.ts';
import { formatCount } from '#components/ui/format.ts';

/** Such as "1 Executor is" or "3 Executors are". */
export function executorsAre(count: number): string {
  return count === 1 ? '1 Executor is' : `${formatCount(count)} Executors are`;
}

/** An Executor's icon. */
export function ExecutorTile({ isLarge }: { isLarge?: boolean }) {
  return (
    <span
      aria-hidden
      className={classes(
        'grid shrink-0 place-items-center border text-text-2',
        isLarge ? 'size-12 rounded-lg' : 'size-6 rounded-md',
      )}
    >
      <Box size={isLarge ? 24 : 14} />
    </span>
  );
}

interface ExecutorNameProps {
  executor: { id: string; namespace: string; name: string };
  /** What columns said that have left: it stands below the name. */
  line: string | null;
  /** Whether it has a page; what lies in the trash has none. */
  isLink?: boolean;
}

const NAME = 'block font-medium max-md:line-clamp-2 max-md:wrap-anywhere md:truncate';

/** The icon and the name of an Executor. */
export function ExecutorName({ executor, line, isLink = true }: ExecutorNameProps) {
  const { name } = executor;
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <ExecutorTile />
      <div className="min-w-0">
        {isLink ? (
          // Not fetched ahead: a list would ask for every page on it.
          <Link
            href={executorPaths.executor(executor)}
            prefetch={false}
            title={name}
            className={`${NAME} hover:underline`}
          >
            {name}
          </Link>
        ) : (
          <div title={name} className={NAME}>
            {name}
          </div>
        )}
        {line && <div className="hidden text-xs text-text-2 tabular-nums md:block xl:hidden">{line}</div>}
      </div>
    </div>
  );
}
