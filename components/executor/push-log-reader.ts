/** One line of a step's log. */
interface LogLine {
  /** Counted over the whole push. */
  number: number;
  /** Milliseconds since the push was asked for. */
  atMs: number;
  text: string;
  isError: boolean;
}

/** A step of a push, as its lines tell it. */
export interface LogStep {
  subject: string;
  state: 'running' | 'done' | 'failed';
  startedMs: number;
  endedMs: number | null;
  lines: LogLine[];
}

export interface PushLogState {
  steps: LogStep[];
  lineCount: number;
  /** How the push ended; null: it goes on. */
  end: 'succeeded' | 'failed' | null;
}

export const EMPTY_LOG: PushLogState = { steps: [], lineCount: 0, end: null };

/** Older lines of a step are dropped. */
const MAX_LINES = 2_000;

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
  data?: { dt?: number; data?: StepEvent };
}

function replaceStep(log: PushLogState, step: LogStep): PushLogState {
  const others = log.steps.some(({ subject }) => subject === step.subject)
    ? log.steps.map((one) => (one.subject === step.subject ? step : one))
    : [...log.steps, step];
  return { ...log, steps: others };
}

function addLine(
  log: PushLogState,
  step: LogStep,
  text: string,
  atMs: number,
  isError: boolean,
): PushLogState {
  const line = { number: log.lineCount + 1, atMs, text, isError };
  const lines = [...step.lines, line].slice(-MAX_LINES);
  return { ...replaceStep(log, { ...step, lines }), lineCount: line.number };
}

/** The log with one more event of contract 7.2. */
function withEvent(
  log: PushLogState,
  { type, subject, payload, message }: StepEvent,
  atMs: number,
): PushLogState {
  if (!type || !subject || type === 'init' || type === 'complete') return log;
  const known = log.steps.find((one) => one.subject === subject);
  const step: LogStep = known ?? { subject, state: 'running', startedMs: atMs, endedMs: null, lines: [] };
  const text = [payload, message].find((one) => typeof one === 'string' && one !== '');
  if (type === 'start') return replaceStep(log, { ...step, state: 'running', startedMs: atMs });
  if (type === 'done') return replaceStep(log, { ...step, state: 'done', endedMs: atMs });
  const isError = type === 'error';
  const next: LogStep = isError ? { ...step, state: 'failed', endedMs: atMs } : step;
  return typeof text === 'string' ? addLine(log, next, text, atMs, isError) : replaceStep(log, next);
}

/** The log with one more line of the stream. */
export function withLine(log: PushLogState, line: ProgressLine): PushLogState {
  if (line.type === 'progress' && line.data?.data) return withEvent(log, line.data.data, line.data.dt ?? 0);
  if (line.type !== 'report') return log;
  if (line.status === 'succeeded') return { ...log, end: 'succeeded' };
  if (line.status !== 'failed') return log;
  // A step that was under way is the one that failed, whether it said so or not.
  const steps = log.steps.map((step) =>
    step.state === 'running' ? { ...step, state: 'failed' as const } : step,
  );
  return { ...log, steps, end: 'failed' };
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
