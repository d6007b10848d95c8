import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { expect, inject } from 'vitest';
import { hashSecret } from '#lib/auth/secret.ts';
import { newId, randomBase62 } from '#lib/ids.ts';
import { queryOnce } from '#lib/testing/database.ts';
import { linkIn, mailsTo, secretIn } from '#lib/testing/mailbox.ts';
import { newTokenText } from '#lib/tokens/format.ts';
import { dataOf, rpc } from './client.ts';
import { QUOTA_BYTES } from './limits.ts';

/** An account made for one test file. */
export interface Person {
  id: string;
  name: string;
  email: string;
  /** A personal access token. */
  token: string;
  /** A session's token. */
  session: string;
}

/** Headers that make a request come from an address of its own: tries of passwords are counted by address. */
export function fromAnywhere(): Record<string, string> {
  return { 'x-forwarded-for': `10.${[...randomBytes(3)].join('.')}` };
}

/** A user name that is free. */
export function freeName(label: string): string {
  return `${label}-${randomBytes(6).toString('hex')}`;
}

/** Runs statements on the database of this lane's server. */
export async function onDatabase(statements: [text: string, values: unknown[]][]): Promise<void> {
  const client = new pg.Client({ connectionString: inject('station').databaseUrl });
  await client.connect();
  for (const [text, values] of statements) await client.query(text, values);
  await client.end();
}

/** The rows of a query on the database of this lane's server. */
export function rowsOf<Row extends Record<string, string>>(text: string, values?: unknown[]): Promise<Row[]> {
  return queryOnce<Row>(inject('station').databaseUrl, text, values);
}

/** A new session of somebody, straight into the database; its token. */
export async function newSession(userId: string): Promise<string> {
  const session = `gss_${randomBase62(43)}`;
  await onDatabase([
    [
      `INSERT INTO session (id, hash, user_id, expires_at) VALUES ($1, $2, $3, now() + interval '1 day')`,
      [newId(), hashSecret(session), userId],
    ],
  ]);
  return session;
}

/**
 * Somebody with a token and a session and no password, straight into the database: hashing passwords would take
 * most of the time of these tests.
 */
export async function newPerson(label: string, name = freeName(label)): Promise<Person> {
  const [id, token, session] = [newId(), newTokenText(), `gss_${randomBase62(43)}`];
  const email = `${name}@example.org`;
  await onDatabase([
    [
      'INSERT INTO app_user (id, name, email, display_name, updated_at) VALUES ($1, $2, $3, $4, now())',
      [id, name, email, `The ${label}`],
    ],
    [
      'INSERT INTO namespace (id, slug, owner_id, quota_bytes, retention_days) VALUES ($1, $2, $3, $4, 7)',
      [newId(), name, id, QUOTA_BYTES],
    ],
    [
      `INSERT INTO access_token (id, user_id, name, prefix, hash, expires_at)
       VALUES ($1, $2, 'for the test', $3, $4, now() + interval '1 day')`,
      [newId(), id, token.slice(0, 8), hashSecret(token)],
    ],
    [
      `INSERT INTO session (id, hash, user_id, expires_at) VALUES ($1, $2, $3, now() + interval '1 day')`,
      [newId(), hashSecret(session), id],
    ],
  ]);
  return { id, name, email, token, session };
}

/** What a sign-up asks for, with a name and a password that nobody else has. */
export function newAccount(label: string) {
  const name = freeName(label);
  return { name, email: `${name}@example.org`, password: randomBytes(12).toString('hex') };
}

/** Somebody with a password, by the way that people take. */
export async function signUp(label: string): Promise<ReturnType<typeof newAccount>> {
  const account = newAccount(label);
  dataOf(await rpc('user.identity.signUp', { json: account, headers: fromAnywhere() }));
  return account;
}

/** An administrator, of whom there are others. */
export async function newAdministrator(): Promise<Person> {
  const person = await newPerson('admin');
  await onDatabase([['UPDATE app_user SET is_admin = true WHERE id = $1', [person.id]]]);
  return person;
}

/** Waits for the n-th mail to an address, counted from 1; gives the secret of the link in it. */
export async function secretMailedTo(address: string, count = 1): Promise<string> {
  const mails = () => mailsTo(inject('station').mailbox, address);
  await expect.poll(async () => (await mails()).length).toBeGreaterThanOrEqual(count);
  const mail = (await mails())[count - 1];
  return mail ? secretIn(linkIn(mail)) : '';
}

/** A new session of somebody with a password. */
export async function logIn({ name, password }: { name: string; password: string }): Promise<string> {
  const reply = await rpc('user.identity.passwordLogin', {
    json: { name, password },
    headers: fromAnywhere(),
  });
  return dataOf<{ token: string }>(reply).token;
}
