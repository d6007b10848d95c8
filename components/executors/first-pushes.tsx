import { Radio, Rss } from 'lucide-react';
import { CancelPush } from '#components/executors/cancel-push.tsx';
import { PushState } from '#components/executors/push-state.tsx';
import { Bdi } from '#components/ui/bdi.tsx';
import type { Pending } from '#components/ui/table/pending-row.tsx';
import { RelativeTime } from '#components/ui/time.tsx';
import type { FirstPush } from '#lib/executors/last-push.ts';

function PushName({ name, failure }: Pick<FirstPush, 'name' | 'failure'>) {
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <span
        aria-hidden
        className="grid size-6 shrink-0 place-items-center rounded-md bg-accent-soft text-accent"
      >
        <Radio size={14} />
      </span>
      <div className="min-w-0">
        <span className="font-medium text-text">{name === null ? 'A push' : <Bdi>{name}</Bdi>}</span>
        {failure && <div className="text-13 wrap-anywhere">{failure}</div>}
      </div>
    </div>
  );
}

function Cancel({ id, name, state }: FirstPush) {
  return <CancelPush id={id} state={state} label={`Cancel the push${name === null ? '' : ` of ${name}`}`} />;
}

/** A push of an Executor that is not there yet, in the columns of the list. */
export function toPending(push: FirstPush): Pending {
  return {
    id: push.id,
    cells: {
      name: <PushName {...push} />,
      push: <PushState push={push} />,
      updated: <RelativeTime at={push.createdAt} />,
      actions: (
        <div className="flex justify-end">
          <Cancel {...push} />
        </div>
      ),
    },
  };
}

interface FirstPushesProps {
  pushes: FirstPush[];
  namespace: string;
}

/** Where the first push shows: listening, then how far it is, or why it failed. */
export function FirstPushes({ pushes, namespace }: FirstPushesProps) {
  return (
    <div className="grid gap-3 rounded-lg border border-dashed border-line-firm px-4 py-2 text-text-2">
      {pushes.length === 0 && (
        <p className="flex min-h-8 items-center gap-3">
          <Rss aria-hidden size={16} className="shrink-0 text-accent" />
          <span>
            Listening for a push to <b className="font-semibold text-text">{namespace}</b>. This line becomes
            the row.
          </span>
        </p>
      )}
      {pushes.map((push) => (
        <div key={push.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-1">
          <PushName {...push} />
          <span className="flex items-center gap-2">
            <PushState push={push} />
            <Cancel {...push} />
          </span>
        </div>
      ))}
    </div>
  );
}
