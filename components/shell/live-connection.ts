import { paths } from '#components/paths.ts';
import { RpcError, rpc } from '#components/rpc.ts';

/** How this browser stands to the server: `away` when it does not answer, `ended` when the session is over. */
export type LiveState = 'connecting' | 'live' | 'away' | 'ended';

/** What is told of the connection; in every tab, whichever of them holds it. */
export interface LiveHandlers {
  onState(state: LiveState): void;
  /** Something of this person's may have changed. */
  onChange(): void;
  /** A push that is arriving is further than it was, or over. */
  onArrival(): void;
}

type Message =
  | { kind: 'state'; state: LiveState }
  | { kind: 'change' }
  | { kind: 'arrival' }
  | { kind: 'hello' };

const NAME = 'groundstation-live';
const RETRY_MS = 2_000;
/** The server says something every 15 seconds at least; after so long in silence the connection is dead. */
const SILENCE_MS = 40_000;
/** How long it may take to say who somebody is. */
const WHOAMI_MS = 5_000;
const EVENTS = ['beat', 'changed', 'arriving', 'signed-out'] as const;

/** The one connection of a browser; `tell` reaches all its tabs. */
class Connection {
  readonly #tell: (message: Message) => void;
  #source: EventSource | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  readonly #signal: AbortSignal;
  /** Whether something may have happened that nobody told us; so it is before the first connection. */
  #hasMissed = true;
  state: LiveState = 'connecting';

  /** Connects until `signal`, and notices a network that comes and goes sooner than the connection does. */
  constructor(tell: (message: Message) => void, signal: AbortSignal) {
    this.#tell = tell;
    this.#signal = signal;
    addEventListener('offline', () => void this.#lost(), { signal });
    addEventListener('online', () => this.state === 'away' && this.#open(), { signal });
    signal.addEventListener('abort', () => this.#close());
    this.#open();
  }

  #open(): void {
    this.#close();
    const source = new EventSource(paths.events());
    this.#source = source;
    source.addEventListener('open', () => {
      this.#setState('live');
      if (this.#hasMissed) this.#tell({ kind: 'change' });
      this.#hasMissed = false;
    });
    for (const name of EVENTS) source.addEventListener(name, () => this.#heard(name));
    source.addEventListener('error', () => void this.#lost());
    this.#awaitNews();
  }

  #heard(name: (typeof EVENTS)[number]): void {
    if (name === 'changed') this.#tell({ kind: 'change' });
    if (name === 'arriving') this.#tell({ kind: 'arrival' });
    if (name === 'signed-out') this.#end();
    else this.#awaitNews();
  }

  /** A connection that is cut somewhere on its way says nothing, not even that it is. */
  #awaitNews(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => void this.#lost(), SILENCE_MS);
  }

  /** A tab that has just opened may have brought a new session. */
  askAgain(): void {
    if (this.state === 'ended') this.#open();
  }

  #setState(state: LiveState): void {
    this.state = state;
    this.#tell({ kind: 'state', state });
  }

  /** A refusal and a server that is gone look the same to an EventSource, so a call asks which it is. */
  async #lost(): Promise<void> {
    this.#close();
    this.#hasMissed = true;
    const failure = await rpc('user.identity.whoami', {}, AbortSignal.timeout(WHOAMI_MS)).then(
      () => null,
      (error: unknown) => error,
    );
    if (this.#signal.aborted) return;
    if (failure instanceof RpcError && failure.isSignedOut) return this.#end();
    if (failure) this.#setState('away');
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.#open(), RETRY_MS);
  }

  #end(): void {
    this.#close();
    this.#setState('ended');
  }

  #close(): void {
    clearTimeout(this.#retry);
    clearTimeout(this.#silence);
    this.#source?.close();
    this.#source = null;
  }
}

/** Resolves when this tab is the one of its browser that connects. Where pages are not secure, each tab that is seen is. */
function whenChosen(signal: AbortSignal, lead: (signal: AbortSignal) => void): void {
  if (navigator.locks) {
    const leadUntilAborted = () =>
      new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
        lead(signal);
      });
    navigator.locks.request(NAME, { signal }, leadUntilAborted).catch(() => {});
    return;
  }
  let seen = new AbortController();
  const follow = () => {
    seen.abort();
    seen = new AbortController();
    if (!document.hidden) lead(AbortSignal.any([signal, seen.signal]));
  };
  document.addEventListener('visibilitychange', follow, { signal });
  follow();
}

/**
 * Keeps this tab told of changes on the server, over one connection for all tabs of the browser.
 * @returns ends it.
 */
export function connectLive({ onState, onChange, onArrival }: LiveHandlers): () => void {
  const channel = new BroadcastChannel(NAME);
  const ending = new AbortController();
  let connection: Connection | null = null;
  let hasHeard = false;
  const hearState = (state: LiveState) => {
    onState(state);
    // Another tab was connected before this one listened, and may have told of something meanwhile.
    if (!hasHeard && state === 'live' && !connection) onChange();
    hasHeard = true;
  };
  const answerHello = (chosen: Connection) => {
    // Whether its session is over too, it will hear when that is known.
    const state = chosen.state === 'ended' ? 'connecting' : chosen.state;
    channel.postMessage({ kind: 'state', state } satisfies Message);
    chosen.askAgain();
  };
  const hear = (message: Message) => {
    if (message.kind === 'state') hearState(message.state);
    else if (message.kind === 'change') onChange();
    else if (message.kind === 'arrival') onArrival();
    else if (connection) answerHello(connection);
  };
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => hear(data));
  channel.postMessage({ kind: 'hello' } satisfies Message);
  whenChosen(ending.signal, (signal) => {
    const tell = (message: Message) => {
      hear(message);
      channel.postMessage(message);
    };
    connection = new Connection(tell, signal);
  });
  return () => {
    ending.abort();
    channel.close();
  };
}
