/** Calls that are under way at once when many things are changed. */
const AT_ONCE = 6;

/** What a call for one of several ended with. */
export interface Failed<Item> {
  item: Item;
  error: unknown;
}

/**
 * Calls for each of the items, a few at once. What fails keeps no other one from being tried.
 * @param onStep is told how many are through.
 * @returns those that failed, in the order of the items.
 */
export async function callEach<Item>(
  items: Item[],
  call: (item: Item) => Promise<unknown>,
  onStep: (done: number) => void = () => {},
): Promise<Failed<Item>[]> {
  const failures = new Map<Item, unknown>();
  const waiting = items.values();
  let done = 0;
  async function work(): Promise<void> {
    for (const item of waiting) {
      await call(item).catch((error) => failures.set(item, error));
      done += 1;
      onStep(done);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return items.flatMap((item) => (failures.has(item) ? [{ item, error: failures.get(item) }] : []));
}
