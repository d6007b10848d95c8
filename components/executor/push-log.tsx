'use client';

import { CircleCheck, CircleDashed, CircleX, LoaderCircle, RotateCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import {
  EMPTY_LOG,
  type LogStep,
  type PushLogState,
  readLines,
  withLine,
} from '#components/executor/push-log-reader.ts';
import { STEP_SUBJECTS, stepWords } from '#components/executors/step-words.ts';
import { Button } from '#components/ui/button.tsx';
import { classes } from '#components/ui/classes.ts';
import { formatDuration } from '#components/ui/format.ts';

/** A box that scrolls takes focus, or the keyboard could not scroll it. */
const KEYBOARD_SCROLLING = { tabIndex: 0 };

const LOOKS = {
  running: { icon: LoaderCircle, mark: 'text-info', word: 'runs' },
  done: { icon: CircleCheck, mark: 'text-ok', word: 'done' },
  failed: { icon: CircleX, mark: 'text-danger', word: 'failed' },
};

function Step({ step }: { step: LogStep }) {
  const { subject, state, startedMs, endedMs, lines } = step;
  const { icon: Icon, mark, word } = LOOKS[state];
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  // As the person left it, else open while there is something to see.
  const isShown = isOpen ?? state !== 'done';
  return (
    <details
      open={isShown}
      onToggle={({ currentTarget }) => currentTarget.open !== isShown && setIsOpen(currentTarget.open)}
      className="border-t first:border-0"
    >
      <summary
        className={classes(
          'flex min-h-10 cursor-default items-center gap-3 px-4 py-1.5 -outline-offset-2 hover:bg-hover',
          state === 'failed' && 'bg-danger-soft',
        )}
      >
        <Icon aria-hidden size={16} className={classes('shrink-0', mark)} />
        <span className={classes('min-w-0 flex-1', state === 'failed' && 'font-medium text-danger')}>
          {stepWords(subject)} <span className="sr-only">{word}</span>
        </span>
        <span className="text-13 text-text-2 tabular-nums">
          {endedMs !== null && formatDuration(endedMs - startedMs)}
        </span>
      </summary>
      {lines.length > 0 && (
        <section
          {...KEYBOARD_SCROLLING}
          aria-label={`Log of ${stepWords(subject)}`}
          className="max-h-96 overflow-auto bg-sunken py-2 font-mono text-xs/5 -outline-offset-2"
        >
          {lines.map(({ number, atMs, text, isError }) => (
            <div key={number} className={classes('flex gap-3 px-4', isError && 'bg-danger-soft text-danger')}>
              <span aria-hidden className="w-8 shrink-0 text-right text-text-3 tabular-nums select-none">
                {number}
              </span>
              <span aria-hidden className="w-12 shrink-0 text-right text-text-3 tabular-nums select-none">
                {((atMs - startedMs) / 1000).toFixed(1)} s
              </span>
              <span className="min-w-0 whitespace-pre">{text}</span>
            </div>
          ))}
        </section>
      )}
    </details>
  );
}

/** Steps that the push did not come to. */
function NotRun({ log }: { log: PushLogState }) {
  const missing = STEP_SUBJECTS.filter((subject) => log.steps.every((step) => step.subject !== subject));
  if (log.end === 'succeeded') return null;
  return missing.map((subject) => (
    <div
      key={subject}
      className="flex min-h-10 items-center gap-3 border-t px-4 py-1.5 text-text-2 first:border-0"
    >
      <CircleDashed aria-hidden size={16} className="shrink-0" />
      <span className="min-w-0 flex-1">{stepWords(subject)}</span>
      <span className="text-13">{log.end === null ? 'not yet' : 'not run'}</span>
    </div>
  ));
}

type Connection = 'open' | 'ended' | 'lost';

/** Reads the log of a push from its beginning, and goes on as it grows. */
function usePushLog(task: string) {
  const [log, setLog] = useState(EMPTY_LOG);
  const [connection, setConnection] = useState<Connection>('open');

  useEffect(() => {
    const stop = new AbortController();
    async function follow(): Promise<Connection> {
      const response = await fetch('/v2/rpc/executor.queryProgress', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ id: task, replay: true, verbose: true }),
        signal: stop.signal,
      });
      if (!response.ok || !response.body) return 'lost';
      let now = EMPTY_LOG;
      setLog(now);
      for await (const line of readLines(response.body)) {
        if (typeof line.code === 'number' && line.code >= 400) return 'lost';
        now = withLine(now, line);
        setLog(now);
      }
      return now.end === null ? 'lost' : 'ended';
    }
    follow().then(setConnection, () => {
      if (!stop.signal.aborted) setConnection('lost');
    });
    return () => stop.abort();
  }, [task]);

  return { log, connection };
}

/** One reading of the log. */
function Reading({ task, onAgain }: { task: string; onAgain: () => void }) {
  const { log, connection } = usePushLog(task);
  const isEmpty = log.steps.length === 0;
  return (
    <div className="mt-4 border-t">
      {(!isEmpty || connection !== 'lost') && (
        <>
          {log.steps.map((step) => (
            <Step key={step.subject} step={step} />
          ))}
          <NotRun log={log} />
        </>
      )}
      {connection === 'lost' && (
        <div
          role="status"
          className="flex flex-wrap items-center gap-3 border-t px-4 py-3 text-13 first:border-0"
        >
          <span>{isEmpty ? 'The log cannot be read now.' : 'The connection to the log ended.'}</span>
          <Button onClick={onAgain}>
            <RotateCw aria-hidden size={16} />
            Read it again
          </Button>
        </div>
      )}
    </div>
  );
}

/** The log of a push, step by step: replayed, then live; it can be read again when the connection ends. */
export function PushLog({ task }: { task: string }) {
  const [attempt, setAttempt] = useState(0);
  return <Reading key={`${task} ${attempt}`} task={task} onAgain={() => setAttempt(attempt + 1)} />;
}
