/** Something made once and used often, for as long as there is room for it. */
export interface FormCache {
  /** The form under this name; `make` is called where there is none, by the first of those who ask at once. */
  get(name: string, make: () => Promise<string>): Promise<string>;
}

/** Keeps strings up to so many characters in all; what was not asked for the longest goes first. */
export function createFormCache(mostCharacters: number): FormCache {
  const kept = new Map<string, Promise<string>>();
  const sizes = new Map<string, number>();
  let total = 0;

  function drop(name: string): void {
    kept.delete(name);
    total -= sizes.get(name) ?? 0;
    sizes.delete(name);
  }

  function settle(name: string, form: string): void {
    if (!kept.has(name)) return;
    sizes.set(name, form.length);
    total += form.length;
    for (const oldest of sizes.keys()) {
      if (total <= mostCharacters) break;
      drop(oldest);
    }
  }

  function touch(name: string): Promise<string> | undefined {
    const form = kept.get(name);
    const size = sizes.get(name);
    if (form && size !== undefined) {
      sizes.delete(name);
      sizes.set(name, size);
    }
    return form;
  }

  function begin(name: string, make: () => Promise<string>): Promise<string> {
    const form = make();
    kept.set(name, form);
    form.then(
      (made) => settle(name, made),
      () => drop(name),
    );
    return form;
  }

  return { get: (name, make) => touch(name) ?? begin(name, make) };
}
