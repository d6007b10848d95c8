/**
 * Makes `key` once per process and returns the same value ever after.
 *
 * The server and Next load their own copies of every module of ours, so a module-level `const` would
 * exist twice; `globalThis` is what the copies have in common. Pools, caches and registries hang here.
 */
export function shared<T>(key: string, make: () => T): T {
  const registry = globalThis as unknown as { groundstation?: Map<string, unknown> };
  registry.groundstation ??= new Map();
  if (!registry.groundstation.has(key)) registry.groundstation.set(key, make());
  return registry.groundstation.get(key) as T;
}
