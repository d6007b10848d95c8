import http from 'node:http';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { detail, freshName, pushed, removeAll } from '../artifacts.ts';
import { codes, dataOf, origin, rpc, send } from '../client.ts';
import { newPerson, onDatabase, type Person } from '../people.ts';

const PATH = '/api/events';
const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(async () => {
  await removeAll(alice);
  await removeAll(bob);
});

function cookieOf({ session }: Person): Record<string, string> {
  return { cookie: `gs-session=${session}` };
}

interface Listening {
  /** Resolves with the text so far when it has `part`; rejects when the stream ends before. */
  until(part: string): Promise<string>;
  /** Resolves with all of it when the server has ended it. */
  end: Promise<string>;
}

/** Opens the stream as a browser does, and waits until it listens to Postgres, which it says by telling all. */
async function listen(person: Person): Promise<Listening> {
  const request = http.get(`${origin()}${PATH}`, { headers: cookieOf(person), agent: false });
  onTestFinished(() => void request.destroy());
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject);
  });
  expect(response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
  expect(response.headers['content-encoding']).toBeUndefined();
  let text = '';
  const end = new Promise<string>((resolve) => response.on('end', () => resolve(text)));
  response.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  const until = (part: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => text.includes(part) && resolve(text);
      response.on('data', look);
      response.on('error', reject).on('end', () => reject(new Error(`it ended after ${text}`)));
      look();
    });
  await until('event: beat\ndata: {}\n\n');
  return { until, end };
}

describe('the events of a page', () => {
  test('name an artifact that is pushed, changed and deleted by a client', async () => {
    const events = await listen(alice);
    const { _id: id } = await pushed(alice, { name: freshName('live') });
    expect(await events.until(id)).toContain(`event: changed\ndata: {"ids":["${id}"`);
    const changes = await listen(alice);
    dataOf(await rpc('artifact.update', { token: alice.token, json: { id, public: true } }));
    await changes.until(id);
    const deletions = await listen(alice);
    dataOf(await rpc('artifact.delete', { token: alice.token, json: { id } }));
    await deletions.until(id);
  });

  test('say nothing of what belongs to somebody else, public or not', async () => {
    const events = await listen(alice);
    const { _id: foreign } = await pushed(bob, { name: freshName('theirs'), public: 'true' });
    await detail(alice, { id: foreign });
    const { _id: own } = await pushed(alice, { name: freshName('mine') });
    expect(await events.until(own)).not.toContain(foreign);
  });

  test('end when the session is revoked, without what changes afterwards', async () => {
    const carol = await newPerson('carol');
    const events = await listen(carol);
    await onDatabase([['DELETE FROM session WHERE user_id = $1', [carol.id]]]);
    const { _id: id } = await pushed(carol, { name: freshName('late') });
    const text = await events.end;
    expect(text).toMatch(/event: signed-out\ndata: \{\}\n\n$/);
    expect(text).not.toContain(id);
    await removeAll(carol);
  });

  test('end when the account is disabled', async () => {
    const dave = await newPerson('dave');
    const events = await listen(dave);
    await onDatabase([['UPDATE app_user SET disabled_at = now() WHERE id = $1', [dave.id]]]);
    expect(await events.end).toContain('event: signed-out');
  });

  test('are for sessions in browsers alone', async () => {
    const refused: Record<string, string>[] = [
      {},
      { authorization: `token ${alice.token}` },
      { cookie: `gs-session=${alice.token}` },
      { cookie: 'gs-session=gss_no' },
    ];
    for (const headers of refused) expect(codes(await send({ path: PATH, headers }))).toBe('401/40103');
    const rebound = { ...cookieOf(alice), host: 'rebound.example.org' };
    expect(codes(await send({ path: PATH, headers: rebound }))).toBe('403/40301');
    expect(codes(await send({ method: 'POST', path: PATH, headers: cookieOf(alice) }))).toBe('404/40402');
  });
});
