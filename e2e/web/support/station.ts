import type { BrowserContext } from '@playwright/test';
import { type AwayDatabase, externalPostgres } from '#lib/testing/external-postgres.ts';
import { startTestServer, type TestServer } from '#lib/testing/server.ts';
import { call } from './api.ts';

const ACCOUNT = { name: 'mira', email: 'mira@example.org', password: 'a sentence that nobody guesses' };

/** A server with a database of its own, both of which a test may stop: no other test uses them. */
export class Station {
  readonly database: AwayDatabase;
  #server: TestServer;

  private constructor(database: AwayDatabase, server: TestServer) {
    this.database = database;
    this.#server = server;
  }

  /** Starts both, with one account. */
  static async start(): Promise<Station> {
    const database = await externalPostgres('SIGINT');
    const server = await startTestServer(database.env);
    const setupCode = await server.setupCode();
    await call('user.identity.signUp', { ...ACCOUNT, setupCode }, undefined, server.url);
    return new Station(database, server);
  }

  get url(): string {
    return this.#server.url;
  }

  get databaseUrl(): string {
    return this.#server.databaseUrl;
  }

  /** What its log has by now. */
  output(): string {
    return this.#server.output();
  }

  /** A new session of the one account, which the browser has from now on; gives its token. */
  async signIn(context: BrowserContext): Promise<string> {
    const { token } = await call<{ token: string }>(
      'user.identity.passwordLogin',
      ACCOUNT,
      undefined,
      this.url,
    );
    await context.addCookies([{ name: 'gs-session', value: token, url: this.url }]);
    return token;
  }

  /** Ends the server in good order; its database stays. */
  stopServer(): Promise<void> {
    return this.#server.stop();
  }

  /** Starts the server again, at the address where it was. */
  async startServer(): Promise<void> {
    this.#server = await startTestServer({ ...this.database.env, PORT: new URL(this.url).port });
  }

  /** Ends and removes both. */
  async end(): Promise<void> {
    try {
      await this.#server.stop();
    } finally {
      await this.database.end();
    }
  }
}
