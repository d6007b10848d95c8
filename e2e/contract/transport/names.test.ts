import { afterAll, describe, expect, test } from 'vitest';
import { detail, freshName, push, pushed, removeAll } from '../artifacts.ts';
import { codes, rpc } from '../client.ts';
import { freeName, newPerson } from '../people.ts';

const alice = await newPerson('alice');
const bob = await newPerson('bob');
afterAll(() => removeAll(alice, bob));

describe('whose name it is', () => {
  test('the own namespace before a name is the name alone, wherever it is given', async () => {
    const name = freshName('own');
    const artifact = await pushed(alice, { name: `${alice.name}/${name}` });
    expect(artifact.name).toBe(name);
    expect((await pushed(alice, { name }, 'again'))._id).toBe(artifact._id);
    expect((await detail(alice, { name: `${alice.name}/${name}` }))._id).toBe(artifact._id);
  });

  test('only the first slash separates', async () => {
    const rest = `a/b/${freshName('c')}`;
    const artifact = await pushed(alice, { name: `${alice.name}/${rest}`, public: 'True' });
    expect(artifact.name).toBe(rest);
    expect((await detail(bob, { name: `${alice.name}/${rest}` }))._id).toBe(artifact._id);
  });

  test('an own name that looks like somebody’s namespace wins over it', async () => {
    const [slug, rest] = [freeName('later'), freshName('x')];
    const own = await pushed(alice, { name: `${slug}/${rest}` });
    const later = await newPerson('later', slug);
    const theirs = await pushed(later, { name: rest, public: 'True' });
    expect((await detail(bob, { name: `${slug}/${rest}` }))._id).toBe(theirs._id);
    expect((await detail(alice, { name: `${slug}/${rest}` }))._id).toBe(own._id);
    expect((await pushed(alice, { name: `${slug}/${rest}` }, 'again'))._id).toBe(own._id);
    await removeAll(later);
  });

  test('a bare name is never searched for among other people’s', async () => {
    const { name } = await pushed(alice, { name: freshName('public'), public: 'True' });
    expect(codes(await rpc('artifact.getDetail', { token: bob.token, json: { name } }))).toBe('404/40403');
    expect(codes(await rpc('artifact.getDetail', { json: { name } }))).toBe('401/40103');
  });

  test('a namespace is found by its exact letters', async () => {
    const { name } = await pushed(alice, { name: freshName('public'), public: 'True' });
    const shouted = `${alice.name.toUpperCase()}/${name}`;
    expect(codes(await rpc('artifact.getDetail', { token: bob.token, json: { name: shouted } }))).toBe(
      '404/40403',
    );
  });

  test('a name in somebody else’s namespace is refused, whether there is such a thing or not', async () => {
    const hidden = await pushed(bob, { name: freshName('hidden') });
    for (const name of [String(hidden.name), freshName('absent')])
      expect(codes(await push(alice, { name: `${bob.name}/${name}` }))).toBe('403/40301');
  });
});
