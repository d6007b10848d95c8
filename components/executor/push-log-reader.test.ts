import { describe, expect, it } from 'vitest';
import {
  EMPTY_LOG,
  logText,
  type ProgressLine,
  readLines,
  withLine,
} from '#components/executor/push-log-reader.ts';

const progress = (dt: number, data: object): ProgressLine => ({ type: 'progress', data: { dt, data } });

describe('the log of a push', () => {
  it('names the step in which it failed, also when only the report says so', () => {
    const lines = [
      { type: 'report', status: 'waiting' },
      progress(10, { type: 'init', subject: 'createExecutor' }),
      progress(20, { type: 'start', subject: 'extractZip' }),
      progress(30, { type: 'done', subject: 'extractZip' }),
      progress(40, { type: 'start', subject: 'normalize' }),
      progress(50, { type: 'console', subject: 'normalize', payload: 'reading executor.py' }),
      progress(60, { type: 'error', subject: 'normalize', message: 'No Executor class found.' }),
      { type: 'report', status: 'failed' },
    ];
    const log = lines.reduce(withLine, EMPTY_LOG);
    expect(log).toMatchObject({
      end: 'failed',
      steps: [
        { subject: 'extractZip', state: 'done', startedMs: 20, endedMs: 30 },
        {
          subject: 'normalize',
          state: 'failed',
          lines: [
            { number: 1, text: 'reading executor.py', isError: false },
            { number: 2, text: 'No Executor class found.', isError: true },
          ],
        },
      ],
    });
    const silent = lines.filter(({ data }) => data?.data?.type !== 'error').reduce(withLine, EMPTY_LOG);
    expect(silent.steps.at(-1)).toMatchObject({ subject: 'normalize', state: 'failed' });
  });

  const console = (dt: number, payload: string) =>
    progress(dt, { type: 'console', subject: 'buildWorkspace', payload });
  const BUILD = [
    progress(10, { type: 'start', subject: 'buildWorkspace' }),
    console(20, 'Sending the folder'),
    console(30, 'STEP 1/3: FROM jina'),
    progress(30, { type: 'progress', subject: 'buildWorkspace', legacyMessage: { status: 'STEP 1/3' } }),
    console(40, '\\[/usr/lib] is there'),
    console(130, 'STEP 2/3: RUN pip install'),
    console(140, 'Collecting torch'),
  ];

  it('has the steps of the Dockerfile as parts, each with its own lines and times', () => {
    const [step] = [...BUILD, progress(500, { type: 'done', subject: 'buildWorkspace' })].reduce(
      withLine,
      EMPTY_LOG,
    ).steps;
    expect(step).toMatchObject({
      ...{ state: 'done', startedMs: 10, endedMs: 500, lines: [{ text: 'Sending the folder' }] },
      parts: [
        {
          ...{ place: '1/3', title: 'FROM jina', state: 'done', startedMs: 30, endedMs: 130 },
          lines: [{ text: 'STEP 1/3: FROM jina' }, { text: '[/usr/lib] is there' }],
        },
        {
          ...{ place: '2/3', title: 'RUN pip install', state: 'done', startedMs: 130, endedMs: 500 },
          lines: [{ text: 'STEP 2/3: RUN pip install' }, { text: 'Collecting torch' }],
        },
      ],
    });
  });

  it('says which step of the Dockerfile failed, and gives all of its lines in order as text', () => {
    const failed = { type: 'report', status: 'failed', message: 'Step 2/3 failed.' };
    const log = [...BUILD, failed].reduce(withLine, EMPTY_LOG);
    expect(log.steps[0]).toMatchObject({ state: 'failed', parts: [{ state: 'done' }, { state: 'failed' }] });
    expect(logText(log).split('\n')).toEqual([
      ...['Sending the folder', 'STEP 1/3: FROM jina', '[/usr/lib] is there', 'STEP 2/3: RUN pip install'],
      ...['Collecting torch', 'Step 2/3 failed.', ''],
    ]);
  });

  it('keeps what a worker told that died, apart from the step as the next one does it', () => {
    const again = [
      progress(900, { type: 'start', subject: 'buildWorkspace' }),
      console(910, '[2/2] STEP 1/2: RUN make'),
    ];
    const [step] = [...BUILD, ...again].reduce(withLine, EMPTY_LOG).steps;
    expect(step?.parts.map(({ state, place }) => [place, state])).toEqual([
      ['1/3', 'done'],
      ['2/3', 'stopped'],
      ['2: 1/2', 'running'],
    ]);
    expect(step).toMatchObject({ state: 'running', endedMs: null });
  });

  it('tells how many pushes are before it, for as long as it waits', () => {
    const waiting = { type: 'report', status: 'waiting' };
    const log = [waiting, { ...waiting, before: 3 }].reduce(withLine, EMPTY_LOG);
    expect(log.before).toBe(3);
    expect(withLine(log, { type: 'report', status: 'pending' }).before).toBeNull();
  });

  it('takes a log of a hundred thousand lines within a second', () => {
    const started = performance.now();
    let log = EMPTY_LOG;
    for (let at = 0; at < 100_000; at++) log = withLine(log, console(at, 'x'));
    expect(log.steps[0]?.lines).toHaveLength(100_000);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('is read line by line, wherever the pieces are cut', async () => {
    const text = '{"type":"report","status":"pending"}\n{"message":"ä"}\n{"code":404}';
    for (const size of [1, 2, 7, 1000]) {
      const bytes = new TextEncoder().encode(text);
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
          controller.close();
        },
      });
      const read = [];
      for await (const line of readLines(body)) read.push(line);
      expect(read).toEqual([{ type: 'report', status: 'pending' }, { message: 'ä' }, { code: 404 }]);
    }
  });
});
