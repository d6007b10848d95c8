const PARENT_POLL_MS = 1_000;
const SAME_WISH_MS = 1_000;

/** npm passes on neither SIGHUP nor its own death, which would leave us behind: watch who our parent is. */
function watchNpm(stop: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) stop();
  }, PARENT_POLL_MS);
  timer.unref();
}

/**
 * Resolves when somebody wants this process to stop. Ctrl-C in a terminal reaches us twice, from the terminal and
 * from npm, so what follows within a second is the same wish; a later signal ends the process at once.
 */
export function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    let firstMs: number | undefined;
    const stop = () => {
      firstMs ??= Date.now();
      if (Date.now() - firstMs > SAME_WISH_MS) process.exit(1);
      resolve();
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);
    watchNpm(resolve);
  });
}
