import type { Caller } from '#lib/auth/caller.ts';
import { SECOND_MS } from '#lib/clock.ts';
import { log } from '#lib/log.ts';
import { type News, noticeBoard } from '#lib/notices/board.ts';
import { aliveSessions } from '#lib/sessions/alive.ts';
import { shared } from '#lib/shared.ts';
import { isStopping } from '#lib/stopping.ts';

/** A page whose session is over hears nothing any more after so long. */
const CHECK_EVERY_MS = 1.5 * SECOND_MS;

type End = 'signed-out' | 'stopping';

/** What the watcher of a namespace is told. */
export interface Watcher {
  changed(news: News): void;
  /** Nothing more will come: the session is over, or this server stops. */
  ended(why: End): void;
}

interface Watch {
  sessionId: string;
  watcher: Watcher;
  end(): void;
}

/** All open watches of this process, whose sessions are looked at together. */
class Watches {
  readonly #open = new Set<Watch>();
  #timer: NodeJS.Timeout | undefined;

  add(caller: Caller, watcher: Watcher): () => void {
    const sessionId = caller.credentialId;
    const unsubscribe = noticeBoard().subscribe(caller.namespaceId, (news) => void this.#pass(watch, news));
    const end = () => {
      unsubscribe();
      this.#open.delete(watch);
      if (this.#open.size === 0) clearTimeout(this.#timer);
    };
    const watch: Watch = { sessionId, watcher, end };
    this.#open.add(watch);
    if (this.#open.size === 1) this.#checkLater();
    return end;
  }

  /** Each event is for who may still have it at that moment. */
  async #pass(watch: Watch, news: News): Promise<void> {
    await this.#check([watch]);
    if (this.#open.has(watch)) watch.watcher.changed(news);
  }

  #checkLater(): void {
    this.#timer = setTimeout(async () => {
      await this.#check([...this.#open]);
      if (this.#open.size > 0) this.#checkLater();
    }, CHECK_EVERY_MS);
  }

  /** Ends the watches whose session is over; while the database is away, all: nobody can say who they are. */
  async #check(watches: Watch[]): Promise<void> {
    if (isStopping()) return this.#end(watches, 'stopping');
    try {
      const alive = await aliveSessions(watches.map(({ sessionId }) => sessionId));
      this.#end(
        watches.filter(({ sessionId }) => !alive.has(sessionId)),
        'signed-out',
      );
    } catch (error) {
      log().warn({ err: String(error) }, 'cannot tell whose sessions still count');
      this.#end(watches, 'stopping');
    }
  }

  #end(watches: Watch[], why: End): void {
    for (const { end, watcher } of watches) {
      end();
      watcher.ended(why);
    }
  }
}

/**
 * Tells a watcher what changes in the caller's namespace, for as long as the caller's session counts.
 * @param caller somebody with a session.
 * @returns ends it.
 */
export function watchNamespace(caller: Caller, watcher: Watcher): () => void {
  return shared('watches', () => new Watches()).add(caller, watcher);
}
