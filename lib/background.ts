import { log } from '#lib/log.ts';
import { shared } from '#lib/shared.ts';

const running = () => shared('background', () => new Set<Promise<void>>());

/** Does what nobody waits for, such as what must not show in the time of an answer; a failure is logged as `what`. */
export function inBackground(what: string, work: () => Promise<unknown>): void {
  const task = work().then(
    () => {},
    (error: Error) => log().error({ err: error }, `${what} failed`),
  );
  running().add(task);
  void task.finally(() => running().delete(task));
}

/** Resolves when nothing is under way: before the process ends. */
export async function backgroundDone(): Promise<void> {
  while (running().size > 0) await Promise.all(running());
}
