import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Received } from './push.ts';

const CONNECTIONS = 20;
const PAGE_SIZE = 100;

/** Whose a token is. */
export interface User {
  userId: string;
  userName: string;
}

/** A stored thing as the replies tell it. */
export interface Item {
  id: string;
  name: string;
  sizeBytes: number;
  sha256: string;
  createdAt: Date;
  metaDataText: string;
}

/** What a server keeps beside the bytes. */
export interface Books {
  whoami(token: string): Promise<User>;
  insert(user: User, received: Received, metaDataText: string): Promise<void>;
  /** One thing of the token's user, by name. */
  stat(token: string, name: string): Promise<Item>;
  /** The newest hundred of the token's user. */
  list(token: string): Promise<Item[]>;
}

/** The hash under which a token's text is kept. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

const WHOAMI = {
  name: 'whoami',
  text: `SELECT user_id AS "userId", user_name AS "userName" FROM token WHERE hash = $1`,
};
const INSERT = {
  name: 'insert',
  text: `INSERT INTO item (id, owner_id, name, size_bytes, sha256, meta_data_text) VALUES ($1, $2, $3, $4, $5, $6)`,
};
const SELECT = `SELECT i.id, i.name, i.size_bytes::float8 AS "sizeBytes", encode(i.sha256, 'hex') AS sha256,
    i.created_at AS "createdAt", i.meta_data_text AS "metaDataText"
  FROM item i WHERE i.owner_id = (SELECT user_id FROM token WHERE hash = $1)`;
const STAT = { name: 'stat', text: `${SELECT} AND i.name = $2` };
const LIST = { name: 'list', text: `${SELECT} ORDER BY i.created_at DESC LIMIT ${PAGE_SIZE}` };

/** The least of a database that the work needs: tokens, and things with a name. */
export const SCHEMA = `
  CREATE TABLE token (hash bytea PRIMARY KEY, user_id text NOT NULL, user_name text NOT NULL);
  CREATE TABLE item (id text PRIMARY KEY, owner_id text NOT NULL, name text NOT NULL, size_bytes bigint NOT NULL,
    sha256 bytea NOT NULL, meta_data_text text NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
  CREATE UNIQUE INDEX ON item (owner_id, name);
  CREATE INDEX ON item (owner_id, created_at);`;

/** Postgres: one prepared statement a call, which looks at the token as well. */
export class PostgresBooks implements Books {
  readonly #pool: pg.Pool;

  constructor(url: string) {
    this.#pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
  }

  async #one<T extends object>(query: { name: string; text: string }, values: unknown[]): Promise<T> {
    const { rows } = await this.#pool.query<T>({ ...query, values });
    const [row] = rows;
    if (!row) throw new Error(`${query.name} found nothing`);
    return row;
  }

  whoami(token: string): Promise<User> {
    return this.#one<User>(WHOAMI, [tokenHash(token)]);
  }

  async insert({ userId }: User, received: Received, metaDataText: string): Promise<void> {
    const { id, name, sizeBytes, sha256 } = received;
    await this.#pool.query({ ...INSERT, values: [id, userId, name, sizeBytes, sha256, metaDataText] });
  }

  stat(token: string, name: string): Promise<Item> {
    return this.#one<Item>(STAT, [tokenHash(token), name]);
  }

  async list(token: string): Promise<Item[]> {
    return (await this.#pool.query<Item>({ ...LIST, values: [tokenHash(token)] })).rows;
  }
}

/** Nothing but memory: how fast the rest would be if the books cost nothing and were lost at every stop. */
export class MemoryBooks implements Books {
  readonly #user = { userId: 'u', userName: 'bench' };
  readonly #hash: Buffer;
  readonly #listed: Item[];
  readonly #items = new Map<string, Item>();

  /** @param listed what a list is taken from, the newest first. */
  constructor(token: string, listed: Item[]) {
    this.#hash = tokenHash(token);
    this.#listed = listed;
  }

  async whoami(token: string): Promise<User> {
    if (!tokenHash(token).equals(this.#hash)) throw new Error('whoami found nothing');
    return this.#user;
  }

  async insert(_user: User, { id, name, sizeBytes, sha256 }: Received, metaDataText: string): Promise<void> {
    const facts = { id, name, sizeBytes, createdAt: new Date(), metaDataText };
    this.#items.set(name, { ...facts, sha256: sha256.toString('hex') });
  }

  async stat(token: string, name: string): Promise<Item> {
    await this.whoami(token);
    const item = this.#items.get(name);
    if (!item) throw new Error('stat found nothing');
    return item;
  }

  async list(token: string): Promise<Item[]> {
    await this.whoami(token);
    return this.#listed.slice(0, PAGE_SIZE);
  }
}
