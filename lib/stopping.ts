import { shared } from '#lib/shared.ts';

const state = () => shared('stopping', () => ({ isStopping: false }));

/** Whether this process has begun to shut down: it is no longer ready for new work. */
export function isStopping(): boolean {
  return state().isStopping;
}

/** Called once, when the shutdown begins. */
export function beginStopping(): void {
  state().isStopping = true;
}
