import { CopyButton } from '#components/ui/copy-button.tsx';
import type { ExecutorCommit } from '#lib/executors/executor-page.ts';

/** What has to be installed for the Executor to run. */
export function DependenciesTab({ commit }: { commit: ExecutorCommit }) {
  const { dependencies } = commit.facts;
  const { buildEnv } = commit;
  return (
    <section aria-labelledby="dependencies">
      <div className="mb-2 flex items-center gap-2">
        <h2 id="dependencies">Dependencies</h2>
        {dependencies.length > 0 && (
          <CopyButton text={dependencies.join('\n')} label="Copy as requirements.txt" className="-my-1.5" />
        )}
      </div>
      {dependencies.length === 0 ? (
        <p className="text-text-2">
          The package has no <code className="font-mono text-13">requirements.txt</code>: it needs jina alone.
        </p>
      ) : (
        <ul className="rounded-lg border bg-raised px-4 py-1 font-mono text-13">
          {dependencies.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line may come twice, and the lines never move
            <li key={`${index} ${line}`} className="border-b py-1.5 wrap-anywhere last:border-0">
              {line}
            </li>
          ))}
        </ul>
      )}
      {buildEnv.length > 0 && (
        <p className="mt-3 text-13 text-text-2">
          Set before the requirements are installed:{' '}
          {buildEnv.map((name, index) => (
            <span key={name}>
              {index > 0 && ', '}
              <code className="font-mono text-xs text-text">{name}</code>
            </span>
          ))}
          . The values were used by the push alone and are kept nowhere.
        </p>
      )}
    </section>
  );
}
