/** A map that makes room for a new entry by forgetting the oldest tenth, once it holds as many as it may. */
export function boundedMap<Key, Value>(most: number) {
  const kept = new Map<Key, Value>();
  return {
    get: (key: Key) => kept.get(key),
    delete: (key: Key) => kept.delete(key),
    entries: () => kept.entries(),
    /** The entry is the youngest from now on. */
    set(key: Key, value: Value): void {
      kept.delete(key);
      if (kept.size >= most) for (const oldest of [...kept.keys()].slice(0, Math.ceil(most / 10))) kept.delete(oldest);
      kept.set(key, value);
    },
  };
}
