'use client';

import { CircleDashed, Clock, RotateCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import {
  EMPTY_LOG,
  logText,
  type PushLogState,
  readLines,
  withLine,
} from '#components/executor/push-log-reader.ts';
import { Step } from '#components/executor/push-log-step.tsx';
import { STEP_SUBJECTS, stepWords } from '#components/executors/step-words.ts';
import { Button } from '#components/ui/button.tsx';
import { copyText } from '#components/ui/copy-button.tsx';
import { formatCount } from '#components/ui/format.ts';
import { showDone } from '#components/ui/toast.tsx';

/** Steps that the push did not come to. */
function NotRun({ log }: { log: PushLogState }) {
  const missing = STEP_SUBJECTS.filter((subject) => log.steps.every((step) => step.subject !== subject));
  if (log.end === 'succeeded') return null;
  return missing.map((subject) => (
    <div
      key={subject}
      className="flex min-h-10 items-center gap-3 border-t px-4 py-1.5 pl-11 text-text-2 first:border-0"
    >
      <CircleDashed aria-hidden size={16} className="shrink-0" />
      <span className="min-w-0 flex-1">{stepWords(subject)}</span>
      <span className="text-13">{log.end === null ? 'not yet' : 'not run'}</span>
    </div>
  ));
}

/** Why nothing happens yet. */
function Turn({ before }: { before: number }) {
  const pushes = before === 1 ? '1 push is' : `${formatCount(before)} pushes are`;
  return (
    <p role="status" className="flex min-h-10 items-center gap-3 px-4 py-1.5 text-13 text-text-2">
      <Clock aria-hidden size={16} className="shrink-0" />
      {before === 0 ? 'It waits for its turn.' : `It waits for its turn: ${pushes} before this one.`}
    </p>
  );
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

async function copyLog(log: PushLogState): Promise<void> {
  await copyText(logText(log));
  showDone(log.lineCount === 1 ? 'The line was copied.' : `${formatCount(log.lineCount)} lines were copied.`);
}

function Lost({ isEmpty, onAgain }: { isEmpty: boolean; onAgain: () => void }) {
  return (
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
  );
}

interface PushLogProps {
  /** Of its task. */
  id: string;
  /** When it ended, in milliseconds since it was asked for; null: it goes on. */
  endedMs: number | null;
}

/** One reading of the log. */
function Reading({ id, endedMs, onAgain }: PushLogProps & { onAgain: () => void }) {
  const { log, connection } = usePushLog(id);
  const isEmpty = log.steps.length === 0;
  return (
    <>
      <div className="mt-4 border-t">
        {log.before !== null && <Turn before={log.before} />}
        {(!isEmpty || connection !== 'lost') && (
          <>
            {log.steps.map((step) => (
              <Step key={step.subject} step={step} pushEndedMs={endedMs} />
            ))}
            <NotRun log={log} />
          </>
        )}
        {connection === 'lost' && <Lost isEmpty={isEmpty} onAgain={onAgain} />}
      </div>
      {log.lineCount > 0 && (
        <div className="border-t px-4 py-2.5">
          <Button onClick={() => void copyLog(log)}>Copy the log</Button>
        </div>
      )}
    </>
  );
}

/** The log of a push, step by step: replayed, then live; it can be read again when the connection ends. */
export function PushLog(props: PushLogProps) {
  const [attempt, setAttempt] = useState(0);
  return <Reading key={`${props.id} ${attempt}`} {...props} onAgain={() => setAttempt(attempt + 1)} />;
}
