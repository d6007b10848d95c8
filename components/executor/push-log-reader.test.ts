import { describe, expect, it } from 'vitest';
import { EMPTY_LOG, type ProgressLine, readLines, withLine } from '#components/executor/push-log-reader.ts';

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
