import { api, here, plain } from './client.ts';
import { keepPicture } from './draft.ts';
import { h } from './h.ts';
import { oneByOne } from './turns.ts';
import { t } from './words.ts';

interface Pictures {
  element: HTMLElement;
  ids(): string[];
  /** When every one is uploaded; throws where one cannot be. */
  uploaded(): Promise<unknown>;
}

interface Upload {
  file: File;
  /** Its id, and nothing where it was not wanted any more. */
  done: Promise<string | undefined>;
}

/** What is on its way goes on where the page is built anew or another one is looked at, like the draft it belongs to. */
const underway = new Set<Upload>();
addEventListener('session', () => underway.clear());
const inTurn = oneByOne();

function begin(file: File): Upload {
  const done = inTurn(async () => {
    if (!underway.has(upload)) return undefined;
    const { id } = await api().media.upload(file);
    if (!underway.has(upload)) return undefined;
    keepPicture(id);
    return id;
  });
  const upload: Upload = { file, done };
  underway.add(upload);
  const over = () => underway.delete(upload);
  done.then(over, over);
  return upload;
}

/** Takes dropped or chosen pictures, uploads them at once, and knows their ids; `kept` are of a draft. */
export function pictures(fault: HTMLElement, kept: readonly string[] = []): Pictures {
  const list = h('ul', { class: 'previews' });
  const input = h('input', { type: 'file', accept: 'image/jpeg,image/png,image/webp', multiple: true });
  const zone = h('label', { class: 'drop' }, input, h('span', {}, t('dropPictures')));
  const element = h('div', { class: 'field' }, h('span', {}, t('pictures')), zone, list);
  const changed = () => element.isConnected && element.dispatchEvent(new Event('pictures'));
  const follow = (upload: Upload) => {
    const { file, done } = upload;
    const item = preview(URL.createObjectURL(file), file.name, () => {
      underway.delete(upload);
      changed();
    });
    list.append(item);
    done.then((id) => arrived(item, id, changed)).catch((error) => refuse(item, fault, error));
  };
  receive(zone, input, (file) => follow(begin(file)));
  for (const upload of underway) follow(upload);
  const awaited = new Set(kept);
  for (const id of kept)
    recall(id, list, changed)
      .catch(() => undefined)
      .finally(() => awaited.delete(id));
  const shown = () =>
    [...list.children].flatMap((item) => (item instanceof HTMLElement ? (item.dataset.id ?? []) : []));
  const uploaded = () => Promise.all([...underway].map(({ done }) => done));
  return { element, ids: () => [...awaited, ...shown()], uploaded };
}

function arrived(item: HTMLElement, id: string | undefined, changed: () => unknown): void {
  if (id === undefined) return;
  item.dataset.id = id;
  item.classList.remove('developing');
  changed();
}

function refuse(item: HTMLElement, fault: HTMLElement, error: unknown): void {
  item.remove();
  fault.textContent = plain(error);
}

/** Chosen, or dropped. */
function receive(zone: HTMLElement, input: HTMLInputElement, take: (file: File) => void): void {
  input.addEventListener('change', () => {
    for (const file of input.files ?? []) take(file);
    input.value = '';
  });
  zone.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.classList.add('over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('over');
    for (const file of event.dataTransfer?.files ?? []) take(file);
  });
}

/** One that is gone meanwhile is left out. */
async function recall(id: string, list: HTMLElement, changed: () => unknown): Promise<void> {
  const media = await api().media.get(id);
  const item = preview(here(media.thumbnailUrl ?? media.url), media.originalFilename ?? '', changed);
  item.dataset.id = id;
  item.classList.remove('developing');
  list.append(item);
}

function preview(url: string, name: string, changed: () => unknown): HTMLLIElement {
  const image = h('img', { src: url, alt: name });
  image.addEventListener('load', () => URL.revokeObjectURL(url), { once: true });
  const item = h('li', { class: 'developing' }, image);
  const label = t('removePicture', { name });
  const drop = () => {
    item.remove();
    changed();
  };
  item.append(h('button', { type: 'button', 'aria-label': label, onclick: drop }, '×'));
  return item;
}
