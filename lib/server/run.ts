import { setupCode } from '#lib/accounts/setup-code.ts';
import { backgroundDone } from '#lib/background.ts';
import { closePools } from '#lib/db/pool.ts';
import { env } from '#lib/env.ts';
import { EnvError } from '#lib/env-error.ts';
import { noBuilder } from '#lib/executors/builder.ts';
import { pushWorker } from '#lib/executors/perform-push.ts';
import { PUSH_TASK } from '#lib/executors/push-order.ts';
import { startHousekeeping } from '#lib/housekeeping/loop.ts';
import { log } from '#lib/log.ts';
import { flushChanges } from '#lib/notices/outbox.ts';
import { Refusal } from '#lib/refusal.ts';
import { startCollecting } from '#lib/registry/collect.ts';
import { type OwnRegistry, startOwnRegistry } from '#lib/registry/own.ts';
import { runsRegistry } from '#lib/registry/program.ts';
import { type Booted, boot } from '#lib/server/boot.ts';
import { addressOf, type Listening, listen } from '#lib/server/listen.ts';
import { loadNext } from '#lib/server/next.ts';
import { untilToldToStop } from '#lib/server/signals.ts';
import { beginStopping } from '#lib/stopping.ts';
import { startWorking } from '#lib/tasks/work.ts';

interface Options {
  /** Pages are compiled as they are asked for, and reload when their source changes. */
  isDev: boolean;
}

/** next-auth takes this from the environment, and warns without it. */
function configureNextAuth(base: string): void {
  process.env.NEXTAUTH_URL = base;
}

async function greet(address: string, notice: string | null): Promise<void> {
  const { DATABASE_URL, DATA_DIR, PUBLIC_URL, BLOB_STORE, S3_BUCKET } = env();
  const base = PUBLIC_URL ?? address;
  const code = await setupCode();
  const places = [
    DATA_DIR,
    ...(BLOB_STORE === 's3' ? [`the bucket ${S3_BUCKET}`] : []),
    ...(DATABASE_URL ? ['the database of DATABASE_URL'] : []),
  ];
  const lines = [
    `Groundstation listens on ${address}${PUBLIC_URL ? ` for ${PUBLIC_URL}` : ''}`,
    notice ?? `Data: in ${places.join(' and ')}`,
    code
      ? `Make the first account, the administrator's: ${base}/signup?setup=${code}`
      : `Point the clients here: JINA_HUBBLE_REGISTRY=${base}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

async function serve(booted: Booted, { isDev }: Options, toldToStop: Promise<void>): Promise<void> {
  const { ROLE, PUBLIC_URL } = env();
  const hasPages = ROLE !== 'worker';
  const hasRegistry = runsRegistry();
  let registry: OwnRegistry | undefined;
  let collecting: ReturnType<typeof startCollecting> | undefined;
  let listening: Listening | undefined;
  let housekeeping: ReturnType<typeof startHousekeeping> | undefined;
  let working: ReturnType<typeof startWorking> | undefined;
  try {
    const next = loadNext({ isDev, isOff: !hasPages });
    listening = await listen(next);
    const address = addressOf(listening);
    configureNextAuth(PUBLIC_URL ?? address);
    booted.announce(address);
    if (hasRegistry) {
      registry = await startOwnRegistry(address);
      collecting = startCollecting();
    }
    if (ROLE !== 'web') {
      housekeeping = startHousekeeping();
      working = startWorking({ [PUSH_TASK]: pushWorker(noBuilder) });
    }
    await greet(address, booted.notice);
    await Promise.all([next.start(), toldToStop]);
    log().info('stopping');
  } finally {
    beginStopping();
    // No new work comes in while the last is ended, and who follows it hears how.
    await Promise.all([listening?.close(), working?.stop()]);
    await housekeeping?.stop();
    await collecting?.stop();
    await registry?.stop();
    await backgroundDone();
    await flushChanges();
    await closePools();
  }
}

/**
 * The whole life of the server. What cannot be started ends the process with 1 and one sentence; a signal ends
 * it with 0 after the running requests; a second signal ends it at once.
 */
export async function runServer(options: Options): Promise<never> {
  // From the first moment, so that a signal during the start leaves no Postgres behind either.
  const toldToStop = untilToldToStop();
  try {
    const booted = await boot();
    try {
      await serve(booted, options, toldToStop);
    } finally {
      await booted.stop();
    }
  } catch (error) {
    const isExpected = error instanceof EnvError || error instanceof Refusal;
    process.stderr.write(`${isExpected ? error.message : (error as Error).stack}\n`);
    process.exit(1);
  }
  // Next keeps timers and sockets of its own.
  process.exit(0);
}
