import Link from 'next/link';
import { stepWords } from '#components/executors/step-words.ts';
import { classes } from '#components/ui/classes.ts';

const LOOKS = {
  waiting: { word: 'Waiting', dot: 'bg-line-control', text: 'text-text-2' },
  running: { word: 'Pushing', dot: 'bg-info-mark', text: 'text-info' },
  succeeded: { word: 'Pushed', dot: 'bg-ok-mark', text: 'text-ok' },
  failed: { word: 'Failed', dot: 'bg-danger-mark', text: 'text-danger' },
} as const;

/** How a push stands, as a word with its colour. */
export function StateMark({ state }: { state: keyof typeof LOOKS }) {
  const { word, dot, text } = LOOKS[state];
  return (
    <span className={classes('inline-flex items-center gap-2 font-medium whitespace-nowrap', text)}>
      <span aria-hidden className={classes('size-2 rounded-full', dot)} />
      {word}
    </span>
  );
}

interface PushStateProps {
  push: { state: keyof typeof LOOKS; step: string | null } | null;
  /** Its log. */
  href?: string;
}

/** How the last push stands, with the step where that matters. */
export function PushState({ push, href }: PushStateProps) {
  if (!push) return <span className="text-text-3 max-md:hidden">–</span>;
  const { state, step } = push;
  const words = step && (state === 'failed' || state === 'running') ? stepWords(step) : null;
  const line = state === 'failed' ? `at ${words}` : words;
  return (
    <span className="flex min-w-0 items-center gap-x-2.5">
      <StateMark state={state} />
      {words &&
        (href ? (
          <Link href={href} prefetch={false} className="link min-w-0 truncate">
            {line}
          </Link>
        ) : (
          <span className="min-w-0 truncate text-text-2">{line}</span>
        ))}
    </span>
  );
}
