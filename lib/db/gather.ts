/** As many keys go into one statement, so that none of them waits for a long one. */
const MAX_KEYS = 100;

interface Waiting<Key, Value> {
  key: Key;
  resolve(value: Value): void;
  reject(error: unknown): void;
}

async function loadAll<Key, Value>(
  load: (keys: Key[]) => Promise<Value[]>,
  waiting: Waiting<Key, Value>[],
): Promise<void> {
  try {
    const values = await load(waiting.map(({ key }) => key));
    for (const [at, { resolve }] of waiting.entries()) resolve(values[at] as Value);
  } catch (error) {
    for (const { reject } of waiting) reject(error);
  }
}

/**
 * A look-up that shares its statement with all others of the same turn of the event loop: under load half of a small
 * call's time is the sending of statements. Nothing is kept, so an answer is never older than its question.
 * @param load gives a value for each key, in their order; what it throws, all who asked get.
 */
export function gather<Key, Value>(load: (keys: Key[]) => Promise<Value[]>): (key: Key) => Promise<Value> {
  let waiting: Waiting<Key, Value>[] = [];
  const send = () => {
    const all = waiting;
    waiting = [];
    for (let at = 0; at < all.length; at += MAX_KEYS) void loadAll(load, all.slice(at, at + MAX_KEYS));
  };
  return (key) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ key, resolve, reject }) === 1) setImmediate(send);
    });
}
