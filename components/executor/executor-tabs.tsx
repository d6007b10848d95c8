import { type ExecutorTab, executorPaths } from '#components/executor-paths.ts';
import { PageTabs } from '#components/list/page-tabs.tsx';
import type { ExecutorPage } from '#lib/executors/executor-page.ts';

/** What of the page is the owner's alone. */
export const OWN_TABS: ExecutorTab[] = ['pushes', 'pulls', 'settings'];

interface ExecutorTabsProps {
  executor: ExecutorPage;
  current: ExecutorTab;
  /** Null: none are shown. */
  imageCount: number | null;
}

/** The parts of an Executor's page, as far as the viewer may open them. */
export function ExecutorTabs({ executor, current, imageCount }: ExecutorTabsProps) {
  const { facts } = executor.commit;
  const args = (facts.init?.args.length ?? 0) + (facts.init?.kwargs.length ?? 0);
  const tabs: { id: ExecutorTab; title: string; count?: number }[] = [
    { id: 'readme', title: 'Readme' },
    { id: 'arguments', title: 'Arguments', count: args },
    { id: 'endpoints', title: 'Endpoints', count: facts.endpoints.length },
    { id: 'dependencies', title: 'Dependencies', count: facts.dependencies.length },
    { id: 'tags', title: 'Tags', count: executor.tags.length },
    ...(imageCount === null ? [] : [{ id: 'images' as const, title: 'Images', count: imageCount }]),
    { id: 'files', title: 'Files', count: facts.files.length },
    { id: 'pushes', title: 'Pushes' },
    { id: 'pulls', title: 'Pulls' },
    { id: 'settings', title: 'Settings' },
  ];
  // The tag stays chosen from tab to tab; `latest` is what is shown without one.
  const tag = executor.shownTag === 'latest' ? null : executor.shownTag;
  return (
    <PageTabs
      label="Executor"
      current={current}
      tabs={tabs
        .filter(({ id }) => executor.isOwn || !OWN_TABS.includes(id))
        .map((one) => ({ ...one, href: executorPaths.executor(executor, { tab: one.id, tag }) }))}
    />
  );
}
