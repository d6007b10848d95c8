import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '#components/ui/classes.ts';

const KINDS = {
  info: { icon: Info, ground: 'bg-info-soft', mark: 'text-info' },
  ok: { icon: CircleCheck, ground: 'bg-accent-soft', mark: 'text-accent' },
  danger: { icon: CircleAlert, ground: 'bg-danger-soft', mark: 'text-danger' },
};

interface NoteProps {
  kind: keyof typeof KINDS;
  /** Whether it appears in answer to something that the person did. */
  isAlert?: boolean;
  children: ReactNode;
}

/** A sentence or two that stand out from the page. */
export function Note({ kind, isAlert, children }: NoteProps) {
  const { icon: Icon, ground, mark } = KINDS[kind];
  return (
    <div
      role={isAlert ? 'alert' : undefined}
      className={classes('flex gap-3 rounded-lg px-4 py-3 text-13', ground)}
    >
      <Icon aria-hidden size={16} className={classes('mt-0.5 shrink-0', mark)} />
      <div className="min-w-0 flex-1 wrap-anywhere">{children}</div>
    </div>
  );
}
