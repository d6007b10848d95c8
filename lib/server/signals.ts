const PARENT_POLL_MS = 1_000;

/** npm passes on neither SIGHUP nor its own death, which would leave us behind: watch who our parent is. */
function watchNpm(stop: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) stop();
  }, PARENT_POLL_MS);
  timer.unref();
}

/** Resolves when somebody wants this process to stop; a second SIGINT or SIGTERM ends it at once. */
export function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve());
    watchNpm(resolve);
  });
}
