import Link from 'next/link';
import { executorPaths } from '#components/executor-paths.ts';
import { pushExecutorSnippets, SMALL_EXECUTOR } from '#components/executor-snippets.ts';
import { FirstPushes } from '#components/executors/first-pushes.tsx';
import { STEP_SUBJECTS, stepWords } from '#components/executors/step-words.ts';
import { PushTabs } from '#components/list/push-tabs.tsx';
import { Step } from '#components/list/step.tsx';
import { paths } from '#components/paths.ts';
import { connectSnippet } from '#components/snippets.ts';
import { CodeBlock } from '#components/ui/code-block.tsx';
import type { FirstPush } from '#lib/executors/last-push.ts';

interface EmptyExecutorsProps {
  serverAddress: string;
  namespace: string;
  firstPushes: FirstPush[];
}

function codeTabs(tabs: { id: string; title: string; code: string }[], label: string) {
  return tabs.map(({ id, title, code }) => ({
    id,
    title,
    content: <CodeBlock label={`${label}: ${title}`} code={code} className="rounded-t-none border-0" />,
  }));
}

function GoodToKnow({ namespace }: { namespace: string }) {
  const facts = [
    { term: 'Your namespace', fact: <code className="font-mono">{namespace}</code> },
    { term: 'Kept for', fact: 'As long as you want' },
    { term: 'Space', fact: 'The packages count towards it' },
    {
      term: 'Who can use it',
      fact: (
        <>
          Everybody, unless you say <code className="font-mono text-xs whitespace-nowrap">--private</code>.
        </>
      ),
    },
  ];
  return (
    <aside aria-label="Good to know" className="grid content-start gap-4">
      <section className="rounded-lg border bg-raised">
        <h2 className="border-b px-4 py-2.5 text-sm">What happens to it</h2>
        <ol className="grid list-decimal gap-1.5 py-3 pr-4 pl-9 text-13 marker:text-text-3">
          {STEP_SUBJECTS.map((subject) => (
            <li key={subject}>{stepWords(subject)}</li>
          ))}
        </ol>
        <p className="border-t px-4 py-2.5 text-13 text-text-2">
          A step that fails is named, with its log. Tags move only when all went well.
        </p>
      </section>
      <section className="rounded-lg border bg-raised">
        <h2 className="border-b px-4 py-2.5 text-sm">Good to know</h2>
        <dl className="px-4 py-1.5 text-13">
          {facts.map(({ term, fact }) => (
            <div
              key={term}
              className="grid grid-cols-[108px_minmax(0,1fr)] gap-3 border-b py-2 last:border-0"
            >
              <dt className="text-text-2">{term}</dt>
              <dd>{fact}</dd>
            </div>
          ))}
        </dl>
      </section>
      <p className="text-13 text-text-2">
        Looking for something to start from?{' '}
        <Link href={executorPaths.hub()} className="link">
          See the Hub
        </Link>
        .
      </p>
    </aside>
  );
}

/** What to type to push the first Executor, with this server's address and this person's namespace. */
export function EmptyExecutors({ serverAddress, namespace, firstPushes }: EmptyExecutorsProps) {
  const files = Object.entries(SMALL_EXECUTOR).map(([title, code]) => ({ id: title, title, code }));
  return (
    <div className="mt-6 grid grid-cols-1 items-start gap-8 wide:grid-cols-[minmax(0,800px)_320px]">
      <ol className="grid grid-cols-1 gap-8">
        <Step number={1} title="Point your client at this server">
          <p className="text-text-2">
            Set it in the shell that pushes, then log in once. Where no browser is,{' '}
            <Link href={paths.tokens()} className="link">
              create a token
            </Link>{' '}
            and set <code className="font-mono text-13">JINA_AUTH_TOKEN</code> instead.
          </p>
          <CodeBlock label="Point your client at this server" code={connectSnippet(serverAddress)} />
        </Step>
        <Step number={2} title="Write one">
          <p className="text-text-2">
            <code className="font-mono text-13">jina hub new</code> asks a few questions and makes the folder.
            These files are enough.
          </p>
          <PushTabs tabs={codeTabs(files, 'A small Executor')} />
        </Step>
        <Step number={3} title="Push its folder">
          <p className="text-text-2">
            Without a tag it becomes <code className="font-mono text-13">latest</code>. Pushing again moves
            the tag; what was pushed before stays.
          </p>
          <PushTabs tabs={codeTabs(pushExecutorSnippets(), 'Push')} />
        </Step>
        <Step number={4} title="See it here">
          <FirstPushes pushes={firstPushes} namespace={namespace} />
        </Step>
      </ol>
      <GoodToKnow namespace={namespace} />
    </div>
  );
}
