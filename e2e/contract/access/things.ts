import { hashSecret } from '#lib/auth/secret.ts';
import { newId, randomBase62 } from '#lib/ids.ts';
import { freshName, pushed } from '../artifacts.ts';
import { dataOf, rpc } from '../client.ts';
import { newExecutor, newImage, newRunningPush } from '../executors.ts';
import { fromAnywhere, newSession, onDatabase, rowsOf } from '../people.ts';
import { newSignedImage, trust } from '../signing.ts';
import type { Cast } from './callers.ts';

/** A new private artifact of Alice's. */
export async function privateArtifact({ alice }: Cast): Promise<{ id: string; name: string }> {
  const name = freshName('private');
  const { _id } = await pushed(alice, { name, public: 'False' });
  return { id: _id, name };
}

/** A new public artifact of Alice's, with the name that others call it by. */
export async function publicArtifact({ alice }: Cast): Promise<{ id: string; name: string }> {
  const name = freshName('public');
  const { _id } = await pushed(alice, { name, public: 'True' });
  return { id: _id, name: `${alice.name}/${name}` };
}

/** The id of an artifact in Alice's trash. */
export async function trashed(cast: Cast): Promise<{ id: string }> {
  const { id } = await privateArtifact(cast);
  dataOf(await rpc('artifact.delete', { token: cast.alice.token, json: { id } }));
  return { id };
}

/** A new Executor of Alice's: its id, its name and its commit. */
export function executor({ alice }: Cast, visibility: 'public' | 'private' = 'private') {
  return newExecutor(alice, { visibility });
}

/** A new private Executor of Alice's with an image. */
export async function executorWithImage(cast: Cast, visibility: 'public' | 'private' = 'private') {
  const made = await executor(cast, visibility);
  await newImage(made);
  return made;
}

/** A new public Executor of Alice's with an image. */
export const publicWithImage = (cast: Cast) => executorWithImage(cast, 'public');

/** A new Executor of Alice's with an image, and what attaches a signature of it by a key of hers. */
export async function signedImage(cast: Cast, visibility: 'public' | 'private' = 'private') {
  await trust(cast.alice);
  return newSignedImage(await executor(cast, visibility));
}

/** The name of the one signing key of Alice's. */
export async function signingKey({ alice }: Cast): Promise<{ name: string }> {
  await trust(alice);
  return { name: 'laptop' };
}

/** The id of a push of Alice's that is under way. */
export async function runningPush({ alice }: Cast): Promise<{ id: string }> {
  return { id: await newRunningPush(alice) };
}

/** The id of an Executor in Alice's trash. */
export async function trashedExecutor(cast: Cast): Promise<{ id: string }> {
  const { id } = await executor(cast);
  dataOf(await rpc('executor.delete', { token: cast.alice.token, json: { id } }));
  return { id };
}

/** The id of a push of Alice's that has not arrived yet. */
export async function arriving({ alice }: Cast): Promise<{ id: string }> {
  const id = newId();
  await onDatabase([
    [
      `INSERT INTO blob (id, namespace_id, store, lease_until)
       SELECT $1, id, 'disk', now() + interval '1 minute' FROM namespace WHERE owner_id = $2`,
      [id, alice.id],
    ],
  ]);
  return { id };
}

/** The id of another session of Alice's. */
export async function otherSession({ alice }: Cast): Promise<{ id: string }> {
  const hash = hashSecret(await newSession(alice.id)).toString('hex');
  const [row] = await rowsOf<{ id: string }>("SELECT id FROM session WHERE hash = decode($1, 'hex')", [hash]);
  return { id: row?.id ?? '' };
}

/** A new token of Alice's: its id and its text. */
export async function otherToken(
  { alice }: Cast,
  scopes: string[] = [],
): Promise<{ id: string; token: string }> {
  const reply = await rpc('user.pat.create', {
    token: alice.session,
    json: { name: freshName('other'), scopes },
  });
  const { _id, token } = dataOf<{ _id: string; token: string }>(reply);
  return { id: _id, token };
}

/** The id of one of Alice's ways to sign in by a provider; there is another one. */
export async function identity({ alice }: Cast): Promise<{ id: string }> {
  const [id, other] = [newId(), newId()];
  const insert = `INSERT INTO identity (id, user_id, provider, subject, label) VALUES ($1, $2, 'github', $1, 'alice')`;
  await onDatabase([
    [insert, [id, alice.id]],
    [insert, [other, alice.id]],
  ]);
  return { id };
}

/** Alice has asked to have her account deleted. */
export async function leaving({ alice }: Cast): Promise<object> {
  const inAWeek = "UPDATE app_user SET delete_at = now() + interval '7 days' WHERE id = $1";
  await onDatabase([[inAWeek, [alice.id]]]);
  return {};
}

/** The text in the link of a program's login that waits. */
export async function waitingLogin(): Promise<string> {
  const query = { redirectUri: 'http://localhost:8085', state: randomBase62(10) };
  const reply = await rpc('user.identity.authorize', { via: 'GET', query, headers: fromAnywhere() });
  const { redirectTo } = dataOf<{ redirectTo: string }>(reply);
  return new URL(redirectTo).searchParams.get('request') ?? '';
}

/** The id of a task of Alice's that is over. */
export async function endedTask({ alice }: Cast): Promise<{ id: string }> {
  const id = newId();
  const result = {
    id: 'ab12cd34',
    name: 'x',
    visibility: 'private',
    owner: alice.name,
    commit: id,
    tags: ['latest'],
  };
  await onDatabase([
    [
      `INSERT INTO task (id, kind, namespace_id, user_id, name, state, input, result, request_id, ended_at)
       SELECT $1, 'executor.push', id, owner_id, 'x', 'succeeded', '{}', $3, 'r', now() FROM namespace WHERE owner_id = $2`,
      [id, alice.id, JSON.stringify(result)],
    ],
  ]);
  return { id };
}
