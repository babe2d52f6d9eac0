import { api, plain } from './client.ts';
import { h } from './h.ts';
import { t } from './words.ts';

/** Takes dropped or chosen pictures, uploads them at once, and knows their ids. */
export function pictures(fault: HTMLElement): { element: HTMLElement; ids(): string[] } {
  const list = h('ul', { class: 'previews' });
  const input = h('input', { type: 'file', accept: 'image/jpeg,image/png,image/webp', multiple: true });
  const zone = h('label', { class: 'drop' }, input, h('span', {}, t('dropPictures')));
  const element = h('div', { class: 'field' }, h('span', {}, t('pictures')), zone, list);
  const changed = () => element.dispatchEvent(new Event('pictures'));
  const take = async (files: Iterable<File>) => {
    for (const file of files) {
      const item = preview(file, changed);
      list.append(item);
      try {
        item.dataset.id = (await api().media.upload(file)).id;
        item.classList.remove('developing');
        changed();
      } catch (error) {
        item.remove();
        fault.textContent = plain(error);
      }
    }
  };
  input.addEventListener('change', () => void take([...(input.files ?? [])]).then(() => (input.value = '')));
  zone.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.classList.add('over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('over');
    void take([...(event.dataTransfer?.files ?? [])]);
  });
  const ids = () => [...list.children].flatMap((item) => (item instanceof HTMLElement ? (item.dataset.id ?? []) : []));
  return { element, ids };
}

function preview(file: File, changed: () => void): HTMLLIElement {
  const url = URL.createObjectURL(file);
  const image = h('img', { src: url, alt: file.name });
  image.addEventListener('load', () => URL.revokeObjectURL(url), { once: true });
  const item = h('li', { class: 'developing' }, image);
  const label = t('removePicture', { name: file.name });
  const drop = () => {
    item.remove();
    changed();
  };
  item.append(h('button', { type: 'button', 'aria-label': label, onclick: drop }, '×'));
  return item;
}
