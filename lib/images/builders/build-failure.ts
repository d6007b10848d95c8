import { Fault } from '#lib/errors.ts';
import type { BuildJob } from '#lib/images/builder.ts';
import type { ControlGroup } from './control-group.ts';
import { MAX_OUTPUT } from './stage.ts';

const LAST_LINES = 12;
const MAX_SENTENCE_LENGTH = 4000;
const MIB = 1024 * 1024;

/** What a build said last: the step that it was at, and the lines since then. */
export class BuildTrail {
  step = '';
  #last: string[] = [];

  hear(line: string): void {
    if (/^(\[\d+\/\d+\] )?STEP \d+\/\d+ ?: /i.test(line)) {
      this.step = line.replace(/^STEP/i, 'Step');
      this.#last = [];
      return;
    }
    this.#last.push(line.slice(0, 500));
    if (this.#last.length > LAST_LINES) this.#last.shift();
  }

  get last(): string {
    return this.#last.join('\n');
  }
}

/** How a build ended that did not end well. */
interface Ending {
  code: number;
  isOutOfTime: boolean;
  /** Whether it was ended because it wrote too much. */
  isTooLoud: boolean;
  group: ControlGroup | null;
  trail: BuildTrail;
}

async function reasonOf(
  { limits }: BuildJob,
  { isOutOfTime, isTooLoud, group, trail }: Ending,
): Promise<string> {
  if (isOutOfTime) return `It was ended after ${limits.seconds} seconds, which is what a build may take.`;
  if (isTooLoud) return `It was ended because it wrote more than ${MAX_OUTPUT / MIB} MiB of log.`;
  if (await group?.ranOutOfMemory()) {
    return `It needed more than the ${Math.floor(limits.memoryBytes / MIB)} MiB of memory that a build has.`;
  }
  if (/no space left on device/i.test(trail.last)) {
    return `It needed more than the ${Math.floor(limits.diskBytes / MIB)} MiB of disk that a build has.`;
  }
  if (await group?.ranOutOfProcesses()) {
    return `It wanted more than the ${limits.processes} processes that a build has.`;
  }
  return 'Mend that step and push again.';
}

/** The public story of a build that failed. Clients look for the shape of its first sentence (contract 7.2). */
export async function buildFailure(job: BuildJob, ending: Ending): Promise<Fault> {
  const code = ending.isOutOfTime ? 124 : ending.code;
  const { step, last } = ending.trail;
  const failed = step ? `${step} failed.` : 'The build failed before its first step.';
  const head = `Process(docker) exited on non-zero code: ${code}. ${failed} ${await reasonOf(job, ending)}`;
  return new Fault('build-failed', `${head}\n${last}`.trim().slice(0, MAX_SENTENCE_LENGTH));
}
