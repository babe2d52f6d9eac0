type Child = Node | string | number | false | null | undefined | Child[];
type Value = string | number | boolean | undefined | ((event: Event) => unknown);

/** Makes an element: `on…` are listeners, booleans are there or not, everything else is an attribute. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Record<string, Value> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) put(element, name, value);
  append(element, children);
  return element;
}

function put(element: HTMLElement, name: string, value: Value): void {
  if (typeof value === 'function') element.addEventListener(name.slice(2), (event) => void value(event));
  else if (value === true) element.setAttribute(name, '');
  else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
}

function append(element: HTMLElement, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child instanceof Node) element.append(child);
    else if (child !== false && child !== null && child !== undefined) element.append(String(child));
  }
}

/** Puts these in the place of what was in it. */
export function fill(element: Element, ...children: Node[]): void {
  element.replaceChildren(...children);
}
