import { api, here, plain } from './client.ts';
import { h } from './h.ts';
import { oneByOne } from './turns.ts';
import { t } from './words.ts';

interface Pictures {
  element: HTMLElement;
  ids(): string[];
  /** When every one is uploaded; throws where one cannot be. */
  uploaded(): Promise<unknown>;
}

/** Takes dropped or chosen pictures, uploads them at once, and knows their ids; `kept` are of a draft. */
export function pictures(fault: HTMLElement, kept: readonly string[] = []): Pictures {
  const list = h('ul', { class: 'previews' });
  const input = h('input', { type: 'file', accept: 'image/jpeg,image/png,image/webp', multiple: true });
  const zone = h('label', { class: 'drop' }, input, h('span', {}, t('dropPictures')));
  const element = h('div', { class: 'field' }, h('span', {}, t('pictures')), zone, list);
  const changed = () => element.dispatchEvent(new Event('pictures'));
  const uploads = new Set<Promise<void>>();
  const inTurn = oneByOne();
  const take = (file: File) => {
    const item = preview(URL.createObjectURL(file), file.name, changed);
    list.append(item);
    const upload = inTurn(async () => {
      if (!list.contains(item)) return;
      item.dataset.id = (await api().media.upload(file)).id;
      item.classList.remove('developing');
      changed();
    });
    uploads.add(upload);
    upload.catch((error) => refuse(item, fault, error)).finally(() => uploads.delete(upload));
  };
  receive(zone, input, take);
  const awaited = new Set(kept);
  for (const id of kept)
    recall(id, list, changed)
      .catch(() => undefined)
      .finally(() => awaited.delete(id));
  const shown = () =>
    [...list.children].flatMap((item) => (item instanceof HTMLElement ? (item.dataset.id ?? []) : []));
  return { element, ids: () => [...awaited, ...shown()], uploaded: () => Promise.all(uploads) };
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
async function recall(id: string, list: HTMLElement, changed: () => void): Promise<void> {
  const media = await api().media.get(id);
  const item = preview(here(media.thumbnailUrl ?? media.url), media.originalFilename ?? '', changed);
  item.dataset.id = id;
  item.classList.remove('developing');
  list.append(item);
}

function preview(url: string, name: string, changed: () => void): HTMLLIElement {
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
