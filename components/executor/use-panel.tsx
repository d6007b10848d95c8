import { TagMenu } from '#components/executor/tag-menu.tsx';
import { waysToUse } from '#components/executor-snippets.ts';
import { Panel } from '#components/list/panel.tsx';
import { connectSnippet } from '#components/snippets.ts';
import { CodeBlock } from '#components/ui/code-block.tsx';
import { Tabs } from '#components/ui/tabs.tsx';
import type { ExecutorPage } from '#lib/executors/executor-page.ts';
import type { ExecutorImage } from '#lib/executors/image-list.ts';

interface UsePanelProps {
  executor: ExecutorPage;
  /** Of the commit that is shown; null: it has none. */
  image: ExecutorImage | null;
  serverAddress: string;
}

/** The ways to use an Executor, for the tag that is chosen. */
export function UsePanel({ executor, image, serverAddress }: UsePanelProps) {
  const { id, namespace, name, shownTag, visibility } = executor;
  const tags = executor.tags.map((one) => one.name);
  // Who asks for no tag gets `latest`.
  const tag = shownTag === 'latest' ? null : shownTag;
  const who =
    visibility === 'public'
      ? 'Everybody who reaches this server can use it. Nobody needs an account.'
      : 'Only you can use it, logged in or with a token of yours.';
  return (
    <Panel
      title="Use it"
      source={tags.length > 0 && <TagMenu executor={{ id, namespace, name, shownTag, tags }} />}
    >
      <Tabs
        isFlat
        label="Way"
        tabs={waysToUse(executor, { tag, serverAddress, image: image?.reference ?? null }).map(
          ({ id, title, code }) => ({
            id,
            title,
            content: (
              <div className="p-4 pb-0">
                <CodeBlock label={`Use it: ${title}`} code={code} />
              </div>
            ),
          }),
        )}
      />
      <div className="grid grid-cols-1 gap-2 p-4 pt-2">
        <p className="text-xs text-text-2">
          {who} It runs in your own Python; its requirements are installed there once.
          {image && (
            <>
              {' '}
              As a container it brings them along; Docker must run where the Flow runs
              {visibility === 'private' && (
                <>
                  , and <code className="font-mono">jina-auth login</code> tells it how to log in
                </>
              )}
              .
            </>
          )}
        </p>
        <h3 className="mt-2 text-13">Where your client looks</h3>
        <CodeBlock label="Where your client looks" code={connectSnippet(serverAddress)} />
      </div>
    </Panel>
  );
}
