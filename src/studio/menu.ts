import { h } from './h.ts';

/** Buttons behind one that opens them, where they are several; they go where one is pressed, with Escape, and where the focus or a click is elsewhere. */
export function menu(text: string, label: string, buttons: HTMLButtonElement[]): HTMLElement | false {
  if (buttons.length < 2) return buttons[0] ?? false;
  const summary = h('summary', { class: 'small', 'aria-label': label }, text);
  const element = h('details', { class: 'menu' }, summary, h('div', { class: 'choices' }, ...buttons));
  const close = () => element.removeAttribute('open');
  const outside = ({ target }: Event) => {
    if (!(target instanceof Node && element.contains(target))) close();
  };
  for (const button of buttons) button.addEventListener('click', close);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !element.open) return;
    close();
    summary.focus();
  });
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget instanceof Node && !element.contains(relatedTarget)) close();
  });
  element.addEventListener('toggle', () => {
    const turn = element.open ? 'addEventListener' : 'removeEventListener';
    document[turn]('pointerdown', outside);
  });
  return element;
}
