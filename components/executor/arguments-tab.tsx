import { ArgumentTable } from '#components/executor/argument-table.tsx';
import type { ExecutorCommit } from '#lib/executors/executor-page.ts';

/** What the class is made with: read from its source. */
export function ArgumentsTab({ commit }: { commit: ExecutorCommit }) {
  const { init, filePath } = commit.facts;
  const all = [...(init?.args ?? []), ...(init?.kwargs ?? [])];
  if (all.length === 0)
    return (
      <p className="text-text-2">
        <code className="font-mono text-13">{commit.className}</code> takes no arguments of its own.
      </p>
    );
  return (
    <section aria-labelledby="arguments">
      <h2 id="arguments" className="mb-2">
        Arguments
      </h2>
      <ArgumentTable rows={all} />
      <p className="mt-2 text-13 text-text-2">
        Read from <code className="font-mono text-xs">{commit.className}.__init__</code> in{' '}
        <code className="font-mono text-xs">{filePath}</code>. Give them in a Flow with{' '}
        <code className="font-mono text-xs">uses_with</code>.
      </p>
    </section>
  );
}
