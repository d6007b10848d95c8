import type { ReactNode } from 'react';
import { classes } from '#components/ui/classes.ts';
import { CopyButton } from '#components/ui/copy-button.tsx';

/** A box that scrolls takes focus, or the keyboard could not scroll it. */
const KEYBOARD_SCROLLING = { tabIndex: 0 };

interface CodeBlockProps {
  /** What the block shows and what its button copies. */
  code: string;
  /** What it is, for assistive technology. */
  label: string;
  /** The same characters with marks of their own. */
  children?: ReactNode;
  className?: string;
}

/** Code to copy. It scrolls in its own box, which takes focus so that the keyboard can scroll it. */
export function CodeBlock({ code, label, children, className }: CodeBlockProps) {
  return (
    <figure aria-label={label} className={classes('relative rounded-lg border bg-sunken', className)}>
      <pre
        {...KEYBOARD_SCROLLING}
        className="overflow-x-auto rounded-lg py-2.5 pr-12 pl-3.5 font-mono text-xs/5"
      >
        <code>{children ?? code}</code>
      </pre>
      <CopyButton text={code} label="Copy" className="absolute top-1 right-1 bg-sunken" />
    </figure>
  );
}
