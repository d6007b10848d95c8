'use client';

import { Globe } from 'lucide-react';
import { useExecutorAccess } from '#components/executor/use-executor-access.ts';
import { ExecutorTile } from '#components/executors/executor-name.tsx';
import { AccessMenu } from '#components/list/access-menu.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import type { ExecutorPage } from '#lib/executors/executor-page.ts';

type Shown = Pick<
  ExecutorPage,
  'id' | 'namespace' | 'name' | 'visibility' | 'description' | 'isOwn' | 'keywords' | 'url'
>;

function Access({ executor }: { executor: Shown }) {
  const { visibility, setAccess } = useExecutorAccess(executor);
  if (executor.isOwn)
    return <AccessMenu isWide title={executor.name} value={visibility} onChange={setAccess} />;
  return (
    <span className="inline-flex h-8 items-center gap-1.5 text-accent">
      <Globe aria-hidden size={16} />
      Public
    </span>
  );
}

/** What an Executor is called, whose it is, who may use it and what it does. */
export function ExecutorHeader({ executor }: { executor: Shown }) {
  const { id, namespace, name, description } = executor;
  return (
    <>
      <div className="flex min-w-0 items-center gap-3.5">
        <ExecutorTile isLarge />
        <div className="min-w-0">
          <h1 className="wrap-anywhere">
            <Bdi>{name}</Bdi>
          </h1>
          <div className="flex flex-wrap items-center gap-x-3">
            <Access executor={executor} />
            <span className="text-13 text-text-2">
              Executor of <code className="font-mono">{namespace}</code>
            </span>
            <code className="font-mono text-13 text-text-2">{id}</code>
          </div>
        </div>
      </div>
      {description && <p className="mt-3 max-w-184 wrap-anywhere text-text-2">{description}</p>}
    </>
  );
}
