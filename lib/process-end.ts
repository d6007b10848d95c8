import type { ChildProcess } from 'node:child_process';

/** The end of a child, whatever ends it; one that could not be started has ended too. */
export interface ProcessEnd {
  /** Resolves when the process is gone. */
  gone: Promise<void>;
  isGone(): boolean;
}

/** Watches a child that was started in this moment: nobody hears of an end before somebody listens. */
export function watchEnd(child: ChildProcess): ProcessEnd {
  let hasEnded = false;
  const gone = new Promise<void>((resolve) => {
    const end = () => {
      hasEnded = true;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  return { gone, isGone: () => hasEnded };
}
