import { createHash } from 'node:crypto';
import { once } from 'node:events';
import readline from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { AnswerReader } from './answer.ts';
import { Connection } from './connection.ts';
import type { Job, LoadResult, Plan, Step } from './plan.ts';

/**
 * A process that makes load, so that the measured server and the program that measures share no event loop with it:
 * a `Plan` on the first line of stdin, "ready" on stdout, a line to begin, maybe
 * another to end early, a `LoadResult` on stdout.
 */

function requireAnswer(step: Step, answer: AnswerReader): void {
  const { status, bodyBytes, text } = answer;
  const isRight =
    status === step.status &&
    (step.contains === undefined || text.includes(step.contains)) &&
    (step.lengthBytes === undefined || bodyBytes === step.lengthBytes);
  if (isRight) return;
  throw new Error(
    `${step.verb} ${step.path.slice(0, 100)} was answered with ${status}, ${bodyBytes} bytes: ${text.slice(0, 300)}`,
  );
}

/** The path of the URL that an answer names for the next step. */
function nextPath(step: Step, answer: AnswerReader): string {
  const url = step.next === 'location' ? answer.header('location') : JSON.parse(answer.text).data.download;
  if (!url) throw new Error(`the answer to ${step.path} names no URL`);
  const { pathname, search } = new URL(url, 'http://localhost');
  return pathname + search;
}

/** Does a job. @returns the digest of its last answer's body when it is wanted. */
async function perform(job: Job, connection: Connection, wantsDigest: boolean): Promise<string> {
  let next = '';
  let sha256 = '';
  for (const step of job) {
    const hash = wantsDigest ? createHash('sha256') : null;
    const separator = next.includes('?') ? '&' : '?';
    const path = step.path.replace('{next}?', `${next}${separator}`).replace('{next}', next);
    const answer = await connection.send(step, path, hash);
    requireAnswer(step, answer);
    if (step.next) next = nextPath(step, answer);
    if (hash) sha256 = hash.digest('hex');
  }
  return sha256;
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function run(plan: Plan, isOver: () => boolean): Promise<LoadResult> {
  const { origin, connections, jobs, maxJobs, maxSeconds, pauseMs, wantsDigest } = plan;
  const times: number[] = [];
  let begun = 0;
  let sha256 = '';
  const startedMs = performance.now();
  const work = async () => {
    const connection = new Connection(origin);
    while (begun < maxJobs && performance.now() - startedMs < maxSeconds * 1000 && !isOver()) {
      const job = jobs[begun++ % jobs.length] ?? [];
      const jobStartedMs = performance.now();
      sha256 = await perform(job, connection, wantsDigest);
      times.push(performance.now() - jobStartedMs);
      if (pauseMs > 0) await delay(pauseMs);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: connections }, work));
  const seconds = (performance.now() - startedMs) / 1000;
  const sorted = Float64Array.from(times).sort();
  return {
    jobs: times.length,
    seconds,
    medianMs: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    sha256,
  };
}

const lines = readline.createInterface({ input: process.stdin });
const [first] = await once(lines, 'line');
const plan: Plan = JSON.parse(first);
const begin = once(lines, 'line');
process.stdout.write('ready\n');
await begin;
let isOver = false;
lines.on('line', () => {
  isOver = true;
});
process.stdout.write(`${JSON.stringify(await run(plan, () => isOver))}\n`);
process.exit();
