'use client';

import { ChevronRight, CircleCheck, CircleDashed, CircleX, LoaderCircle } from 'lucide-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { LogLine, LogPart, LogStep } from '#components/executor/push-log-reader.ts';
import { stepWords } from '#components/executors/step-words.ts';
import { classes } from '#components/ui/classes.ts';
import { formatCount, formatDuration } from '#components/ui/format.ts';

/** A box that scrolls takes focus, or the keyboard could not scroll it. */
const KEYBOARD_SCROLLING = { tabIndex: 0 };
/** Of a longer log the browser gets its end; copying takes all of it. */
const MAX_LINES = 2_000;

const LOOKS = {
  running: { icon: LoaderCircle, mark: 'text-info', word: 'runs' },
  done: { icon: CircleCheck, mark: 'text-ok', word: 'done' },
  failed: { icon: CircleX, mark: 'text-danger', word: 'failed' },
  stopped: { icon: CircleDashed, mark: 'text-text-2', word: 'begun again' },
};

interface LinesProps {
  lines: LogLine[];
  /** Times are told from here on. */
  startedMs: number;
  /** What the lines are of, for assistive technology. */
  label: string;
}

/** Lines in a box of their own, which stays at its end while it is there. */
function Lines({ lines, startedMs, label }: LinesProps) {
  const box = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  const { length } = lines;
  useEffect(() => {
    if (length > 0 && isAtEnd.current) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [length]);
  if (length === 0) return null;
  return (
    <section
      {...KEYBOARD_SCROLLING}
      ref={box}
      aria-label={`Log of ${label}`}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight > scrollHeight - 8;
      }}
      className="max-h-96 overflow-auto bg-sunken py-2 font-mono text-xs/5 -outline-offset-2"
    >
      {length > MAX_LINES && (
        <p className="px-4 pb-1 font-sans text-text-2">
          {formatCount(length - MAX_LINES)} earlier lines are not shown. Copy the log to have them.
        </p>
      )}
      {lines.slice(-MAX_LINES).map(({ number, atMs, text, isError }) => (
        <div key={number} className={classes('flex gap-3 px-4', isError && 'bg-danger-soft text-danger')}>
          <span aria-hidden className="w-8 shrink-0 text-right text-text-3 tabular-nums select-none">
            {number}
          </span>
          <span aria-hidden className="w-14 shrink-0 text-right text-text-3 tabular-nums select-none">
            {((atMs - startedMs) / 1000).toFixed(1)} s
          </span>
          <span className="min-w-0 whitespace-pre">{text}</span>
        </div>
      ))}
    </section>
  );
}

interface FoldProps {
  state: keyof typeof LOOKS;
  title: ReactNode;
  durationMs: number | null;
  /** Inside of another one. */
  isPart?: boolean;
  children: ReactNode;
}

/** A step that unfolds: as the person left it, else open while there is something to see. */
function Fold({ state, title, durationMs, isPart, children }: FoldProps) {
  const { icon: Icon, mark, word } = LOOKS[state];
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  const isShown = isOpen ?? (state === 'running' || state === 'failed');
  return (
    <details
      open={isShown}
      onToggle={({ currentTarget, target }) =>
        target === currentTarget && currentTarget.open !== isShown && setIsOpen(currentTarget.open)
      }
      className="group border-t first:border-0"
    >
      <summary
        className={classes(
          'flex min-h-10 cursor-default list-none items-center gap-3 py-1.5 pr-4 -outline-offset-2 hover:bg-hover [&::-webkit-details-marker]:hidden',
          isPart ? 'pl-4 md:pl-10' : 'pl-4',
          state === 'failed' && 'bg-danger-soft',
        )}
      >
        <ChevronRight
          aria-hidden
          size={16}
          className={classes('shrink-0 text-text-3 transition-transform', isShown && 'rotate-90')}
        />
        <Icon aria-hidden size={16} className={classes('shrink-0', mark)} />
        <span className={classes('min-w-0 flex-1', state === 'failed' && 'font-medium text-danger')}>
          {title} <span className="sr-only">{word}</span>
        </span>
        <span className="shrink-0 text-13 text-text-2 tabular-nums">
          {durationMs !== null && formatDuration(durationMs)}
        </span>
      </summary>
      {children}
    </details>
  );
}

interface StepProps<Of> {
  step: Of;
  /** When the push ended, in milliseconds since it was asked for; null: it goes on. */
  pushEndedMs: number | null;
}

/** What failed tells no end of its own: the push ended with it. */
function durationOf({ step, pushEndedMs }: StepProps<LogStep | LogPart>): number | null {
  const endedMs = step.endedMs ?? (step.state === 'failed' ? pushEndedMs : null);
  return endedMs === null ? null : Math.max(0, endedMs - step.startedMs);
}

function Part(props: StepProps<LogPart>) {
  const { state, place, title, lines, startedMs } = props.step;
  return (
    <Fold
      isPart
      state={state}
      durationMs={durationOf(props)}
      title={
        <span className="flex min-w-0 gap-3 text-13">
          <span className="shrink-0 text-text-2 tabular-nums">{place}</span>
          <span title={title} className="min-w-0 truncate font-mono">
            {title}
          </span>
        </span>
      }
    >
      <Lines lines={lines} startedMs={startedMs} label={`step ${place}`} />
    </Fold>
  );
}

/** A step of a push with its lines; the steps of a Dockerfile unfold inside of it. */
export function Step(props: StepProps<LogStep>) {
  const { subject, state, lines, startedMs, parts } = props.step;
  return (
    <Fold state={state} durationMs={durationOf(props)} title={stepWords(subject)}>
      <Lines lines={lines} startedMs={startedMs} label={stepWords(subject)} />
      {parts.length > 0 && (
        <div className="border-t">
          {parts.map((part) => (
            <Part key={part.id} step={part} pushEndedMs={props.pushEndedMs} />
          ))}
        </div>
      )}
    </Fold>
  );
}
