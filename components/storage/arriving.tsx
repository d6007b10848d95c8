'use client';

import { Radio, Rss, X } from 'lucide-react';
import { type ArrivingPush, useArriving } from '#components/storage/use-arriving.ts';
import { IconButton } from '#components/ui/button.tsx';
import { classes } from '#components/ui/classes.ts';
import { formatBytes, formatCount, formatExactBytes } from '#components/ui/format.ts';
import type { Pending } from '#components/ui/table/pending-row.tsx';

const none = <span className="max-md:hidden">–</span>;

function speedOf({ bytesPerSecond }: ArrivingPush): string {
  return bytesPerSecond === null ? 'so far' : `so far, ${formatBytes(bytesPerSecond)}/s`;
}

function SizeSoFar({ receivedBytes }: ArrivingPush) {
  return <span title={`${formatExactBytes(receivedBytes)} so far`}>{formatBytes(receivedBytes)}</span>;
}

function DocumentsSoFar({ documents }: { documents: number }) {
  return (
    <>
      {formatCount(documents)} <span className="md:hidden">documents</span>
    </>
  );
}

function StopButton({ onStop }: { onStop: () => void }) {
  return <IconButton icon={X} label="Stop this push" onClick={onStop} />;
}

function ArrivingName({ documents, className }: ArrivingPush & { className?: string }) {
  return (
    <div className={classes('flex min-w-0 items-center gap-2.5', className)}>
      <span
        aria-hidden
        className="grid size-6 shrink-0 place-items-center rounded-md bg-accent-soft text-accent"
      >
        <Radio size={14} />
      </span>
      <div className="min-w-0">
        <span className="font-medium text-text">A push is arriving</span>
        <span className="ml-2 text-text-3 max-xl:hidden">its name comes last</span>
        {documents !== null && (
          <div className="hidden text-xs tabular-nums md:block xl:hidden">
            {formatCount(documents)} documents
          </div>
        )}
      </div>
    </div>
  );
}

/** A push that is arriving, in the columns of the Storage list. */
export function toPending(push: ArrivingPush, stop: (id: string) => void): Pending {
  return {
    id: push.id,
    cells: {
      // On a card the icon takes the checkbox's place.
      name: <ArrivingName {...push} className="max-md:-ml-8" />,
      access: none,
      documents: push.documents !== null && <DocumentsSoFar documents={push.documents} />,
      size: <SizeSoFar {...push} />,
      keptUntil: speedOf(push),
      pulls: none,
      updated: 'now',
      actions: (
        <div className="flex justify-end">
          <StopButton onStop={() => stop(push.id)} />
        </div>
      ),
    },
  };
}

/** Where the first push shows: listening, then how far it is. */
export function FirstPush({ namespace }: { namespace: string }) {
  const { pushes, stop } = useArriving();
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
        <div key={push.id} className="flex flex-wrap items-center gap-x-3 tabular-nums">
          <ArrivingName {...push} documents={null} className="flex-1" />
          <span className="max-md:order-last max-md:basis-full max-md:pl-8.5 max-md:text-13">
            {push.documents !== null && `${formatCount(push.documents)} documents, `}
            <SizeSoFar {...push} /> {speedOf(push)}
          </span>
          <StopButton onStop={() => stop(push.id)} />
        </div>
      ))}
    </div>
  );
}
