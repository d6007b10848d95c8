import type { LoadResult, Plan } from './load/plan.ts';
import { startLoad } from './load/start.ts';
import { cpuSeconds } from './processes.ts';
import { does, type Server } from './server.ts';

const ENDLESS = 1e9;

/** What a plan did to a server. */
export interface Measured extends LoadResult {
  cpuSeconds: number;
}

/** A plan for a server, with what is not said left open. */
export function planFor(server: Server, plan: Partial<Plan> & Pick<Plan, 'jobs'>): Plan {
  const open = { connections: 1, maxJobs: ENDLESS, maxSeconds: ENDLESS, pauseMs: 0, wantsDigest: false };
  return { origin: server.origin, ...open, ...plan };
}

/**
 * Runs a plan to its end, in a process of its own.
 * @param probe another plan that runs meanwhile; it ends with the first.
 * @throws when an answer is not what it must be.
 */
export async function measure(
  server: Server,
  plan: Plan,
  probe?: Plan,
): Promise<Measured & { probe?: LoadResult }> {
  const load = await startLoad(plan);
  const second = probe && (await startLoad(probe));
  const before = cpuSeconds(server.roots);
  const probing = second?.run();
  // Who fails first is heard; the other one must not be an unhandled failure.
  probing?.catch(() => {});
  const result = await load.run();
  const used = cpuSeconds(server.roots) - before;
  second?.finish();
  return { ...result, cpuSeconds: used, probe: await probing };
}

/** Pushes and forgets how long it took. */
export async function pushOnce(server: Server, name: string, sizeBytes: number): Promise<void> {
  const job = await does(server, 'push')(name, sizeBytes);
  await measure(server, planFor(server, { jobs: [job], maxJobs: 1 }));
}
