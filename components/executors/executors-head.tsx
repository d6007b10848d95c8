import { executorPaths } from '#components/executor-paths.ts';
import type { ExecutorCounts } from '#components/executors/read-executors.ts';
import { ListTabs } from '#components/list/list-tabs.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';

interface ExecutorsHeadProps {
  /** What the page is about, in a sentence. */
  children: string;
  counts: ExecutorCounts;
  current: 'executors' | 'trash';
  /** The line that pushes, for who knows how. */
  push?: string;
}

/** The head of the Executors pages: the title, how to push, and the way between what is there and what was deleted. */
export function ExecutorsHead({ children, counts, current, push }: ExecutorsHeadProps) {
  const tabs = [
    { id: 'executors', title: 'Executors', href: executorPaths.list(), count: counts.live },
    { id: 'trash', title: 'Trash', href: executorPaths.trash(), count: counts.trashed },
  ];
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-x-12 gap-y-4 md:flex-nowrap">
        <div>
          <h1>Executors</h1>
          <p className="mt-0.5 text-text-2">{children}</p>
        </div>
        {push && (
          <section aria-label="Push" className="w-full text-13 md:max-w-110">
            <p className="mb-1.5 text-text-2">Push from the Executor’s folder</p>
            <CodeBlock label="Push from the Executor’s folder" code={push} />
          </section>
        )}
      </div>
      <ListTabs label="Executors" tabs={tabs} current={current} />
    </>
  );
}
