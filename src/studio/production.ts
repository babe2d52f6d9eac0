import { api, plain } from './client.ts';
import { action, choice, field } from './fields.ts';
import type { FilmPart, FilmState } from './filmState.ts';
import { h } from './h.ts';
import { quote } from './price.ts';
import { isActive } from './progress.ts';
import { buy } from './purchase.ts';
import { keepShape, shapeOf, shapes } from './shape.ts';
import { t } from './words.ts';

/** The way from a screenplay to its film, with what it would cost now: only what is new or was changed. `begun` hears of the click. */
export function production(state: FilmState, fault: HTMLElement, begun: () => void): FilmPart {
  const price = h('p', { class: 'price', 'aria-live': 'polite' }, ' ');
  let isDraft = true;
  const begin = async () => {
    begun();
    if (isDraft) await api().screenplays.confirm(state.screenplayId);
    isDraft = false;
    const order = orderOf(state);
    const { id } = await buy(order, (options) => api().films.create(order, options));
    await state.follow(id, true);
  };
  const button = action(t('filmAgain'), begin, fault, 'main');
  const shape = choice(
    'aspect',
    shapes.map((one) => [one, one] as const),
    '16:9',
  );
  const shaping = field(t('aspect'), shape);
  shape.addEventListener('change', () => {
    if (state.screenplay) keepShape(state.screenplay.taskId, shape.value);
    void state.refresh();
  });
  const element = h('div', { class: 'production', hidden: true }, price, shaping, button);
  let estimated = '';
  const show = () => {
    const { screenplay, task } = state;
    if (!screenplay) return;
    isDraft = screenplay.status === 'draft';
    shape.value = shapeOf(state);
    shaping.hidden = Boolean(screenplay.film);
    const stopped = task && task.type === 'film' && (task.status === 'failed' || task.status === 'cancelled');
    element.hidden =
      (task && isActive(task)) || stopped || screenplay.filmState === 'current' || screenplay.scenes.length === 0;
    button.textContent = t(screenplay.film ? 'filmAgain' : 'confirmAndFilm');
    const parts = screenplay.scenes.map(({ id, imageState, videoState }) => [id, imageState, videoState]);
    const sheets = screenplay.characterSheets.map(({ id, state: made }) => [id, made]);
    const wanted = JSON.stringify([parts, sheets, shape.value]);
    if (element.hidden || wanted === estimated) return;
    estimated = wanted;
    void estimate(state, price);
  };
  return { element, show };
}

const orderOf = (state: FilmState) => ({
  screenplayId: state.screenplayId,
  render: { aspectRatio: shapeOf(state) },
});

async function estimate(state: FilmState, price: HTMLElement): Promise<void> {
  const { signal } = state;
  price.textContent = t('estimating');
  try {
    const { words, reused } = await quote({ type: 'film', params: orderOf(state) });
    price.textContent = reused > 0 ? `${words} · ${t('onlyChanged')} ${t('reused', { n: reused })}` : words;
  } catch (error) {
    if (!signal.aborted) price.textContent = plain(error);
  }
}
