import { randomInt } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { runAdmin } from '#lib/testing/admin.ts';
import { isFault, isStep, Runner } from './run.ts';

/** Runs that go far; together they meet every kind of act and fault. */
const KEPT_SEEDS = [1, 2, 3, 4, 5, 6];
const IN_A_MONTH = new Date(Date.now() + 30 * 86_400_000).toISOString();

const runner = new Runner();
afterAll(() => runner.stop());

/** `MODEL_SEED`, `MODEL_PATH` and `MODEL_REPLAY` repeat a run that failed, by what its report says. */
const { MODEL_SEED, MODEL_PATH, MODEL_REPLAY } = process.env;

it('what is acknowledged is there, whole, for those who may see it, whatever is killed and cut', async () => {
  const fresh = {
    seed: Number(MODEL_SEED ?? randomInt(2 ** 30)),
    path: MODEL_PATH,
    replayPath: MODEL_REPLAY,
  };
  const seeds = MODEL_SEED ? [fresh] : [...KEPT_SEEDS.map((seed) => ({ seed })), fresh];
  for (const one of seeds) {
    console.error(`seed ${one.seed}`);
    await runner.run(one);
  }
  const { tally } = runner;
  console.error(`${tally}\n${tally.sum(isStep)} steps, ${tally.sum(isFault)} faults`);
  if (!MODEL_SEED) expect(tally.sum(isFault)).toBeGreaterThanOrEqual(15);
});

it('leaves nothing for the administrator to remove', async () => {
  const { env } = await runner.station();
  expect(await runAdmin(env, ['expire', '--at', IN_A_MONTH])).toMatch(/^0 artifacts expired/);
  expect(await runAdmin(env, ['purge', '--at', IN_A_MONTH])).toMatch(/^0 artifacts removed from the trash/);
  expect(await runAdmin(env, ['sweep', '--at', IN_A_MONTH])).toMatch(
    /^0 abandoned uploads taken, 0 blobs removed/,
  );
  expect(await runAdmin(env, ['verify'])).toMatch(/^0 blobs checked, 0 wrong/);
});
