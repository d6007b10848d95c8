import { classes } from '#components/ui/classes.ts';

/** Characters that open an isolate; one that is not closed takes the end of ours for its own (UAX 9, BD9). */
const OPENS_ISOLATE = /[\u2066-\u2068]/;

interface BdiProps {
  /** Somebody's text: a name, or what was searched for. */
  children: string;
  className?: string;
}

/** A text inside a sentence of ours, whose direction it cannot turn. */
export function Bdi({ children, className }: BdiProps) {
  // A box of its own is a paragraph of its own, which nothing leaves; but it wraps as a whole, so only where it must.
  return (
    <bdi className={classes(className, OPENS_ISOLATE.test(children) && 'inline-block max-w-full')}>
      {children}
    </bdi>
  );
}
