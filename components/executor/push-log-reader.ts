/** One line of a step's log. */
export interface LogLine {
  /** Counted over the whole push. */
  number: number;
  /** Milliseconds since the push was asked for. */
  atMs: number;
  text: string;
  isError: boolean;
}

/** What all parts of a log have. `stopped`: its worker died, and another one began the step again. */
interface Stretch {
  state: 'running' | 'done' | 'failed' | 'stopped';
  startedMs: number;
  endedMs: number | null;
  /** Those of its parts are with them. Grows in place: a long log would be copied with each line of it. */
  lines: LogLine[];
}

/** A step of the Dockerfile, as the builder tells it. */
export interface LogPart extends Stretch {
  /** From 1. */
  id: number;
  /** `2/5` */
  place: string;
  /** `RUN pip install -r requirements.txt` */
  title: string;
}

/** A step of a push, as its lines tell it. */
export interface LogStep extends Stretch {
  subject: string;
  parts: LogPart[];
}

export interface PushLogState {
  steps: LogStep[];
  lineCount: number;
  /** How many pushes are before it while it waits for its turn; null: it does not wait. */
  before: number | null;
  /** How the push ended; null: it goes on. */
  end: 'succeeded' | 'failed' | null;
  /** Why it failed, in a sentence. */
  failure: string | null;
}

export const EMPTY_LOG: PushLogState = { steps: [], lineCount: 0, before: null, end: null, failure: null };

/** Where a step of the Dockerfile begins, with the stage where there are several. */
const PART = /^(?:\[(\d+)\/\d+\] )?STEP (\d+(?:\/\d+)?) ?: (.*)$/i;

interface StepEvent {
  type?: string;
  subject?: string;
  payload?: unknown;
  message?: unknown;
}

/** A line of the stream: contract 7.5. */
export interface ProgressLine {
  type?: string;
  status?: string;
  code?: number;
  message?: string;
  /** Of a `report` that waits. */
  before?: number;
  data?: { dt?: number; data?: StepEvent };
}

/** The line as it was told: consoles that read markup get a backslash before `[/`, doubling those that were there. */
function asTold(text: string): string {
  return text.replaceAll(/(\\+)\[\//g, (_all, { length }: string) => `${'\\'.repeat((length - 1) / 2)}[/`);
}

function replaceStep(log: PushLogState, step: LogStep): PushLogState {
  const others = log.steps.some(({ subject }) => subject === step.subject)
    ? log.steps.map((one) => (one.subject === step.subject ? step : one))
    : [...log.steps, step];
  return { ...log, steps: others, before: null };
}

/** The step with the part that runs ended. */
function withPartEnded(step: LogStep, state: Stretch['state'], endedMs: number | null): LogStep {
  const parts = step.parts.map((part) => (part.state === 'running' ? { ...part, state, endedMs } : part));
  return { ...step, parts };
}

function withPart(step: LogStep, text: string, atMs: number): LogStep {
  const [, stage, place = '', title = ''] = PART.exec(text) ?? [];
  if (!title) return step;
  const before = withPartEnded(step, 'done', atMs);
  const part: LogPart = {
    id: step.parts.length + 1,
    place: stage ? `${stage}: ${place}` : place,
    title,
    ...{ state: 'running', startedMs: atMs, endedMs: null, lines: [] },
  };
  return { ...before, parts: [...before.parts, part] };
}

function addLine(log: PushLogState, step: LogStep, line: Omit<LogLine, 'number'>): PushLogState {
  const now = line.isError ? step : withPart(step, line.text, line.atMs);
  const { lines } = now.parts.find(({ state }) => state === 'running') ?? now;
  lines.push({ number: log.lineCount + 1, ...line });
  const next: LogStep = line.isError
    ? { ...withPartEnded(now, 'failed', line.atMs), state: 'failed', endedMs: line.atMs }
    : now;
  return { ...replaceStep(log, next), lineCount: log.lineCount + 1 };
}

/** The log with one more event of contract 7.2. */
function withEvent(
  log: PushLogState,
  { type, subject, payload, message }: StepEvent,
  atMs: number,
): PushLogState {
  // A builder's step is a line of its console as well.
  if (!type || !subject || ['init', 'complete', 'progress'].includes(type)) return log;
  const known = log.steps.find((one) => one.subject === subject);
  const step: LogStep = known ?? {
    subject,
    ...{ state: 'running', startedMs: atMs, endedMs: null, lines: [], parts: [] },
  };
  if (type === 'start')
    return replaceStep(log, { ...withPartEnded(step, 'stopped', atMs), state: 'running', endedMs: null });
  if (type === 'done')
    return replaceStep(log, { ...withPartEnded(step, 'done', atMs), state: 'done', endedMs: atMs });
  const text = [payload, message].find((one) => typeof one === 'string' && one !== '');
  const isError = type === 'error';
  if (typeof text !== 'string' && !isError) return replaceStep(log, step);
  return addLine(log, step, { atMs, text: asTold(String(text ?? '')), isError });
}

/** A push that is told to have failed: a step that was under way is the one, whether it said so or not. */
function asFailed(log: PushLogState, failure: string | null): PushLogState {
  const steps = log.steps.map((step) =>
    step.state === 'running' ? { ...withPartEnded(step, 'failed', null), state: 'failed' as const } : step,
  );
  return { ...log, steps, end: 'failed', failure, before: null };
}

/** The log with one more line of the stream. */
export function withLine(log: PushLogState, line: ProgressLine): PushLogState {
  if (line.type === 'progress' && line.data?.data) return withEvent(log, line.data.data, line.data.dt ?? 0);
  if (line.type !== 'report') return log;
  if (line.status === 'waiting') return { ...log, before: line.before ?? 0 };
  if (line.status === 'succeeded') return { ...log, end: 'succeeded', before: null };
  return line.status === 'failed' ? asFailed(log, line.message ?? null) : { ...log, before: null };
}

/** All lines of a log in their order, as text: for whoever keeps it elsewhere. */
export function logText({ steps, failure }: PushLogState): string {
  const lines = steps.flatMap((step) => [step, ...step.parts].flatMap((stretch) => stretch.lines));
  const texts = lines.sort((a, b) => a.number - b.number).map(({ text }) => text);
  return [...texts, ...(failure === null ? [] : [failure]), ''].join('\n');
}

/** The lines of a body of JSON texts, each as soon as it is whole. */
export async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<ProgressLine> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    rest += decoder.decode(value, { stream: !done });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line);
    if (done) break;
  }
  if (rest.trim() !== '') yield JSON.parse(rest);
}
