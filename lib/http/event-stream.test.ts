import { text } from 'node:stream/consumers';
import { expect, it, vi } from 'vitest';
import { EventStream } from '#lib/http/event-stream.ts';

it('says what it was told, ends once, and takes nothing afterwards', async () => {
  const closed = vi.fn();
  const stream = new EventStream('changed', closed);
  stream.event('changed', { ids: ['a'] });
  stream.finish();
  stream.beat();
  stream.finish();
  expect(await text(stream)).toBe('event: beat\ndata: {}\n\nevent: changed\ndata: {"ids":["a"]}\n\n');
  stream.beat();
  expect(closed).toHaveBeenCalledOnce();
});

it('puts one event in the place of too many that nobody reads', async () => {
  const stream = new EventStream('changed', () => {});
  for (let number = 0; number < 1_000; number++) stream.event('changed', { ids: [`id-${number}`] });
  stream.finish();
  const said = await text(stream);
  expect(said.split('\n\n').length).toBeLessThan(200);
  expect(said).toContain('event: changed\ndata: {}\n\n');
  expect(said).toContain('id-999');
});
