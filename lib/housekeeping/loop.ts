import { MINUTE_MS } from '#lib/clock.ts';
import { databaseClock } from '#lib/db/database-clock.ts';
import { runHousekeeping } from '#lib/housekeeping/run.ts';
import { log } from '#lib/log.ts';

async function runOnce(): Promise<void> {
  try {
    const result = await runHousekeeping(await databaseClock());
    if (result && Object.values(result).some((count) => count > 0)) log().info(result, 'housekeeping');
  } catch (error) {
    // A database that is away now is there in a minute.
    log().warn({ err: String(error) }, 'housekeeping failed');
  }
}

/**
 * Keeps house every minute, the first time at once; while a run takes longer, no other begins.
 * `stop` waits for a run that is under way.
 */
export function startHousekeeping(): { stop(): Promise<void> } {
  let underWay: Promise<void> | null = null;
  const tick = () => {
    underWay ??= runOnce().finally(() => {
      underWay = null;
    });
  };
  tick();
  const timer = setInterval(tick, MINUTE_MS);
  return {
    async stop() {
      clearInterval(timer);
      await underWay;
    },
  };
}
