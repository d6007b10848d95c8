// How the schema engine of `schema-engine.mjs` reaches Postgres.
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

const OID_CHAR = 18;
const OID_TEXT = 25;

/** Indexes of the "char" columns of the last result; the engine sends one query at a time. */
let charColumns = [];

/** The engine reads catalogue columns of type "char", which the adapter refuses: they travel as text. */
class CatalogueClient extends pg.Client {
  constructor(config) {
    super(config);
    this.connection.on('rowDescription', ({ fields }) => {
      const columns = fields.keys().filter((index) => fields[index].dataTypeID === OID_CHAR);
      charColumns = [...columns];
      for (const index of charColumns) fields[index].dataTypeID = OID_TEXT;
    });
  }
}

/** `max: 1`, because the engine relies on what it set on its connection, such as an advisory lock. */
function poolOptions(url) {
  return { connectionString: url, Client: CatalogueClient, max: 1 };
}

/** Gives a connection of the adapter the two behaviours of the native engine's own driver that it lacks. */
function likeNative(connection) {
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const index of charColumns) result.columnTypes[index] = ColumnTypeEnum.Character;
    return result;
  };
  // The adapter cuts a script at every semicolon, also inside comments, strings and function bodies;
  // Postgres takes a whole script in one query without parameters.
  connection.executeScript = async (sql) => {
    await connection.executeRaw({ sql, args: [], argTypes: [] });
  };
  return connection;
}

function onDatabase(url, name) {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

async function withClient(url, use) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Makes the database that `url` names, from the server's `postgres` database; returns its name. */
export async function createDatabase(url) {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  await withClient(onDatabase(url, 'postgres'), (client) =>
    client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`),
  );
  return name;
}

/** Resolves when the database that `url` names takes connections; rejects with Postgres's error otherwise. */
export async function databaseExists(url) {
  await withClient(url, async () => {});
}

/** Connections for the engine, and throw-away "shadow" databases in which it replays the migrations. */
export class MigrationAdapterFactory extends PrismaPg {
  #url;

  constructor(url) {
    const schema = new URL(url).searchParams.get('schema');
    super(poolOptions(url), schema === null ? {} : { schema });
    this.#url = url;
  }

  async connect() {
    return likeNative(await super.connect());
  }

  async connectToShadowDb() {
    const shadowUrl = onDatabase(this.#url, `prisma_migrate_shadow_db_${randomUUID()}`);
    const name = await createDatabase(shadowUrl);
    const connection = likeNative(await new PrismaPg(poolOptions(shadowUrl)).connect());
    const close = connection.dispose.bind(connection);
    connection.dispose = async () => {
      await close();
      await withClient(this.#url, (client) => client.query(`DROP DATABASE "${name}" WITH (FORCE)`));
    };
    return connection;
  }
}
