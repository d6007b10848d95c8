import pg from 'pg';
import { SECOND_MS } from '#lib/clock.ts';
import { log } from '#lib/log.ts';
import { CHANNEL, type Change } from '#lib/notices/outbox.ts';
import { shared } from '#lib/shared.ts';

/** How long after a lost connection the next one is tried. */
const RETRY_MS = SECOND_MS;

/** What a listener of a topic is told. */
export type News = Omit<Change, 'topic'>;
type Listener = (news: News) => void;

/**
 * What this process hears of changes, by topic. One connection listens from the first subscription until the last
 * one ends. Whatever was missed while there was none, its successor makes up for: everybody looks at everything.
 */
class NoticeBoard {
  readonly #listeners = new Map<string, Set<Listener>>();
  #client: pg.Client | null = null;
  #retry: NodeJS.Timeout | undefined;

  /** @returns ends the subscription. */
  subscribe(topic: string, listener: Listener): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners.add(listener));
    if (!this.#client) void this.#connect();
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.#listeners.delete(topic);
      if (this.#listeners.size === 0) this.#disconnect();
    };
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#retry);
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL, keepAlive: true });
    this.#client = client;
    client.on('notification', ({ payload }) => this.#tell(JSON.parse(payload ?? '')));
    client.on('error', () => {});
    client.on('end', () => this.#lost(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.#tellAll();
    } catch (error) {
      if (this.#client === client) log().warn({ err: String(error) }, 'cannot listen for changes');
      client.end().catch(() => {});
      this.#lost(client);
    }
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = null;
    if (this.#listeners.size > 0) this.#retry = setTimeout(() => void this.#connect(), RETRY_MS);
  }

  #disconnect(): void {
    clearTimeout(this.#retry);
    const client = this.#client;
    this.#client = null;
    client?.end().catch(() => {});
  }

  #tell({ topic, ...news }: Change): void {
    for (const listener of this.#listeners.get(topic) ?? []) listener(news);
  }

  #tellAll(): void {
    for (const topic of this.#listeners.keys()) this.#tell({ topic, artifactIds: null, arrivals: true });
  }
}

/** The process's board. */
export function noticeBoard(): NoticeBoard {
  return shared('notice-board', () => new NoticeBoard());
}
