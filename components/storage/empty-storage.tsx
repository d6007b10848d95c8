import Link from 'next/link';
import { PushTabs } from '#components/list/push-tabs.tsx';
import { Step } from '#components/list/step.tsx';
import { paths } from '#components/paths.ts';
import { connectSnippet, pushSnippets } from '#components/snippets.ts';
import { FirstPush } from '#components/storage/arriving.tsx';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { formatBytes } from '#components/ui/format.ts';

interface EmptyStorageProps {
  serverAddress: string;
  namespace: string;
  quotaBytes: number;
  /** Null: kept for ever. */
  retentionDays: number | null;
}

function GoodToKnow({ namespace, quotaBytes, retentionDays }: Omit<EmptyStorageProps, 'serverAddress'>) {
  const facts = [
    { term: 'Your namespace', fact: <code className="font-mono">{namespace}</code> },
    {
      term: 'Kept for',
      fact: retentionDays === null ? 'As long as you want' : `${retentionDays} days after each push`,
    },
    { term: 'Space', fact: formatBytes(quotaBytes) },
    {
      term: 'Who can pull',
      fact: (
        <>
          docarray pushes as public. Add <code className="font-mono text-xs">public=False</code> to keep it
          private.
        </>
      ),
    },
  ];
  return (
    <aside aria-label="Good to know" className="content-start rounded-lg border bg-raised">
      <h2 className="border-b px-4 py-2.5 text-sm">Good to know</h2>
      <dl className="px-4 py-1.5 text-13">
        {facts.map(({ term, fact }) => (
          <div key={term} className="grid grid-cols-[108px_minmax(0,1fr)] gap-3 border-b py-2 last:border-0">
            <dt className="text-text-2">{term}</dt>
            <dd>{fact}</dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}

/** What to type to push the first thing, with this server's address and this person's namespace. */
export function EmptyStorage({ serverAddress, ...facts }: EmptyStorageProps) {
  return (
    <div className="mt-6 grid grid-cols-1 items-start gap-8 wide:grid-cols-[minmax(0,800px)_320px]">
      <ol className="grid grid-cols-1 gap-8">
        <Step number={1} title="Point your client at this server">
          <p className="text-text-2">
            The login opens a page here. Where no browser is,{' '}
            <Link href={paths.tokens()} className="link">
              create a token
            </Link>{' '}
            and set <code className="font-mono text-13">JINA_AUTH_TOKEN</code> instead.
          </p>
          <CodeBlock label="Point your client at this server" code={connectSnippet(serverAddress)} />
        </Step>
        <Step number={2} title="Push">
          <p className="text-text-2">
            The name after the namespace is yours to choose. Pushing the same name again makes a new version.
          </p>
          <PushTabs
            tabs={pushSnippets(facts.namespace).map(({ id, title, code }) => ({
              id,
              title,
              content: (
                <CodeBlock label={`Push with ${title}`} code={code} className="rounded-t-none border-0" />
              ),
            }))}
          />
        </Step>
        <Step number={3} title="See it here">
          <FirstPush namespace={facts.namespace} />
        </Step>
      </ol>
      <GoodToKnow {...facts} />
    </div>
  );
}
