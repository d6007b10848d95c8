import pg from 'pg';

/** Runs one statement, or several without values, in the database of a server under test. */
export async function query(databaseUrl: string, text: string, values: unknown[] = []): Promise<void> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  await database.query(text, values);
  await database.end();
}
