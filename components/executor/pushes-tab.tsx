import Link from 'next/link';
import { PushLog } from '#components/executor/push-log.tsx';
import { executorPaths } from '#components/executor-paths.ts';
import { CancelPush } from '#components/executors/cancel-push.tsx';
import { StateMark } from '#components/executors/push-state.tsx';
import { stepWords } from '#components/executors/step-words.ts';
import { classes } from '#components/ui/classes.ts';
import { formatDuration } from '#components/ui/format.ts';
import { Note } from '#components/ui/note.tsx';
import { RelativeTime } from '#components/ui/time.tsx';
import type { ExecutorPush } from '#lib/executors/push-list.ts';

interface PushesTabProps {
  place: { id: string; namespace: string; name: string };
  /** The newest first. */
  pushes: ExecutorPush[];
  /** The id of the one whose log is open; null: the newest. */
  open: string | null;
}

function PushLink({
  place,
  push,
  isOpen,
}: {
  place: PushesTabProps['place'];
  push: ExecutorPush;
  isOpen: boolean;
}) {
  const { id, state, isRebuild, commitNumber, durationMs, createdAt } = push;
  return (
    <Link
      href={executorPaths.executor(place, { tab: 'pushes', push: id })}
      prefetch={false}
      scroll={false}
      aria-current={isOpen ? 'true' : undefined}
      className={classes(
        'grid gap-0.5 px-4 py-2.5 -outline-offset-2 hover:bg-hover',
        isOpen && 'bg-selected shadow-[inset_2px_0_0_var(--color-accent)]',
      )}
    >
      <span className="flex items-center justify-between gap-2 text-13">
        <StateMark state={state} />
        {commitNumber !== null && <span className="text-text-2 tabular-nums">#{commitNumber}</span>}
      </span>
      <span className="text-xs text-text-2 tabular-nums">
        {isRebuild && 'Rebuild, '}
        {durationMs !== null && `${formatDuration(durationMs)}, `}
        <RelativeTime at={createdAt} />
      </span>
    </Link>
  );
}

function titleOf({ isRebuild, commitNumber }: ExecutorPush): string {
  const word = isRebuild ? 'Rebuild' : 'Push';
  if (commitNumber === null) return word;
  return isRebuild ? `Rebuild of push ${commitNumber}` : `Push ${commitNumber}`;
}

/** What happened to each push of an Executor, and the log of one. */
export function PushesTab({ place, pushes, open }: PushesTabProps) {
  const shown = pushes.find(({ id }) => id === open) ?? pushes[0];
  if (!shown)
    return <p className="text-text-2">No push of it is remembered. The next one shows here, step by step.</p>;
  return (
    <div className="grid grid-cols-1 items-start gap-5 wide:grid-cols-[256px_minmax(0,1fr)]">
      <nav aria-label="Pushes" className="max-h-[70vh] divide-y overflow-y-auto rounded-lg border bg-raised">
        {pushes.map((push) => (
          <PushLink key={push.id} place={place} push={push} isOpen={push.id === shown.id} />
        ))}
      </nav>
      <section aria-labelledby="push" className="min-w-0 rounded-lg border bg-raised">
        <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-3">
          <h2 id="push">{titleOf(shown)}</h2>
          <StateMark state={shown.state} />
          <span className="flex-1 text-13 whitespace-nowrap text-text-2">
            {shown.program && `${shown.program}, `}
            <RelativeTime at={shown.createdAt} />
          </span>
          <CancelPush id={shown.id} state={shown.state} />
        </header>
        {shown.failure && (
          <div className="px-4 pt-4">
            <Note kind="danger">
              {shown.step && <b className="font-semibold">{stepWords(shown.step)} failed. </b>}
              {shown.failure}
            </Note>
          </div>
        )}
        <PushLog key={shown.id} id={shown.id} endedMs={shown.durationMs} />
        <footer className="border-t px-4 py-2.5 text-13 wrap-anywhere text-text-2">
          Request <code className="font-mono text-xs">{shown.requestId}</code>
        </footer>
      </section>
    </div>
  );
}
