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
    <figure
      aria-label={label}
      className={classes('relative flex items-start rounded-lg border bg-sunken', className)}
    >
      <pre
        {...KEYBOARD_SCROLLING}
        className="min-w-0 flex-1 overflow-x-auto rounded-l-lg py-2.5 pl-3.5 font-mono text-xs/5"
      >
        <code>{children ?? code}</code>
      </pre>
      <CopyButton text={code} label="Copy" className="m-1" />
    </figure>
  );
}
