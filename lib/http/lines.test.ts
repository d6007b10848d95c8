import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { eventsReply } from '#lib/http/lines.ts';
import type { StreamEvent } from '#lib/rpc/method.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('sends a space after each 20 seconds without an event, and a line always follows', async () => {
  const later = Promise.withResolvers<void>();
  async function* events(): AsyncGenerator<StreamEvent> {
    yield { type: 'start' };
    await later.promise;
    yield { type: 'done' };
  }
  const failure = () => ({ type: 'error' });
  const { body } = eventsReply({ kind: 'events', events, failure }, 'id', () => {});
  if (!(body instanceof Readable)) throw new Error('no stream');
  let sent = '';
  body.on('data', (piece) => {
    sent += piece;
  });
  await vi.advanceTimersByTimeAsync(19_000);
  expect(sent).toBe('{"type":"start"}\n');
  await vi.advanceTimersByTimeAsync(41_000);
  expect(sent).toBe('{"type":"start"}\n   ');
  later.resolve();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sent).toBe('{"type":"start"}\n   {"type":"done"}\n');
});
