interface Ways<T> {
  key(item: T): string;
  signature(item: T): string;
  make(item: T): HTMLElement;
}

/** Makes `element` show the keyed items, touching only those whose signature changed: what plays goes on, and what is being written stays. */
export function patch<T>(element: Element, items: readonly T[], { key, signature, make }: Ways<T>): void {
  const old = new Map([...element.children].map((child) => [(child as HTMLElement).dataset.key, child as HTMLElement]));
  const next = items.map((item) => {
    const known = old.get(key(item));
    if (known && (known.dataset.signature === signature(item) || known.querySelector('form'))) return known;
    const made = make(item);
    made.dataset.key = key(item);
    made.dataset.signature = signature(item);
    return made;
  });
  const focused = document.activeElement;
  const replaced = [...old.values()].find((child) => child.contains(focused) && !next.includes(child));
  arrange(element, next);
  const successor = replaced && next.find(({ dataset }) => dataset.key === replaced.dataset.key);
  if (successor && focused) focusAlike(successor, focused);
}

/** What is put in again loses the focus, breaks off a word on its way and stops playing: only what is out of place moves, around what has the focus. */
function arrange(element: Element, next: readonly HTMLElement[]): void {
  const kept = new Set<Element>(next);
  for (const child of [...element.children]) if (!kept.has(child)) child.remove();
  const still = next.find((child) => child.contains(document.activeElement)) ?? next[0];
  if (!still) return;
  if (still.parentElement !== element) element.prepend(still);
  const at = next.indexOf(still);
  let after = still;
  for (const child of next.slice(0, at).reverse()) {
    if (child.nextElementSibling !== after) after.before(child);
    after = child;
  }
  let before = still;
  for (const child of next.slice(at + 1)) {
    if (before.nextElementSibling !== child) before.after(child);
    before = child;
  }
}

const controls = 'a[href], button:enabled, summary, input:enabled, select:enabled, textarea:enabled';
const nameOf = (control: Element): string | null => control.getAttribute('aria-label') ?? control.textContent;

/** The same control of what took its place, or one of its kind, or any: the keyboard goes on where it was. */
function focusAlike(element: HTMLElement, former: Element): void {
  const all = [...element.querySelectorAll<HTMLElement>(controls)].filter((one) => one.checkVisibility());
  const alike = all.filter(({ tagName }) => tagName === former.tagName);
  const successor = alike.find((one) => nameOf(one) === nameOf(former)) ?? alike[0] ?? all[0];
  successor?.focus({ preventScroll: true });
}
