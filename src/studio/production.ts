import { api, plain } from './client.ts';
import { patiently } from './connection.ts';
import { action, choice, field } from './fields.ts';
import type { FilmPart, FilmState } from './filmState.ts';
import { h } from './h.ts';
import { quote } from './price.ts';
import { isActive } from './progress.ts';
import { buy } from './purchase.ts';
import { keepShape, shapeOf, shapes } from './shape.ts';
import { woundDown } from './takeUp.ts';
import { APIError, type Screenplay } from './vendor/sdk.js';
import { t } from './words.ts';

const wrongState = 4002;

/** The way from a screenplay to its film, with what it would cost now: only what is new or was changed. `begun` hears of the click. */
export function production(state: FilmState, fault: HTMLElement, begun: () => void): FilmPart {
  const price = h('p', { class: 'price', 'aria-live': 'polite' }, ' ');
  const button = action(t('filmAgain'), () => begin(state, begun), fault, 'main');
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
  const estimate = estimating(state, price);
  const show = () => {
    const { screenplay } = state;
    if (!screenplay) return;
    const isAgain = screenplay.film !== null || isStopped(state);
    shape.value = shapeOf(state);
    shaping.hidden = isAgain;
    button.textContent = t(isAgain ? 'filmAgain' : 'confirmAndFilm');
    // Beside the way on with what was ordered, which says what it costs itself.
    button.className = isStopped(state) ? 'small' : 'main';
    element.hidden = !mayBeFilmed(state, screenplay);
    if (!element.hidden) estimate(JSON.stringify([whatIsFilmed(screenplay), shape.value, isStopped(state)]));
  };
  return { element, show };
}

/** A film that came to a stop is taken up as it was ordered, or else filmed as it is written now. */
const isStopped = ({ task }: FilmState): boolean =>
  task?.type === 'film' && (task.status === 'failed' || task.status === 'cancelled');

const mayBeFilmed = ({ task }: FilmState, { status, filmState, scenes }: Screenplay): boolean =>
  !(task && isActive(task)) && status !== 'generating' && filmState !== 'current' && scenes.length > 0;

/** All of a screenplay that the price depends on. */
function whatIsFilmed({ updatedAt, scenes, characterSheets }: Screenplay): unknown[] {
  const parts = scenes.map(({ id, imageState, videoState }) => [id, imageState, videoState]);
  const sheets = characterSheets.map(({ id, state }) => [id, state]);
  return [updatedAt, parts, sheets];
}

async function begin(state: FilmState, begun: () => void): Promise<void> {
  begun();
  if (state.screenplay?.status === 'draft') await confirmed(state);
  // What is on its way is kept when it comes, and is not bought again.
  if (state.task && isStopped(state)) await woundDown(state.task.id);
  const order = orderOf(state);
  const { id } = await buy(order, (options) => api().films.create(order, options));
  await state.follow(id, true);
}

/** It is confirmed as well where an answer was lost, or somebody did it elsewhere. */
async function confirmed(state: FilmState): Promise<void> {
  try {
    state.screenplay = await api().screenplays.confirm(state.screenplayId);
  } catch (error) {
    if (!(error instanceof APIError) || error.code !== wrongState) throw error;
    await state.refresh();
    if (state.screenplay?.status === 'draft') throw error;
  }
}

const orderOf = (state: FilmState) => ({
  screenplayId: state.screenplayId,
  render: { aspectRatio: shapeOf(state) },
});

/** Asks for the price when it may be another one, and until there is one; an answer to what was asked before is not told. */
function estimating(state: FilmState, price: HTMLElement): (wanted: string) => void {
  let last = '';
  let asking = new AbortController();
  const ask = async (signal: AbortSignal) => {
    const { words, reused } = await quote({ type: 'film', params: orderOf(state) });
    if (signal.aborted) return;
    const kept = reused > 0 && `${t('onlyChanged')} ${t('reused', { n: reused })}`;
    const now = isStopped(state) ? t('asWritten', { words }) : words;
    price.textContent = [now, kept].filter(Boolean).join(' · ');
  };
  return (wanted) => {
    if (wanted === last) return;
    last = wanted;
    asking.abort();
    asking = new AbortController();
    const signal = AbortSignal.any([state.signal, asking.signal]);
    price.textContent = t('estimating');
    const failed = (error: unknown) => {
      if (!signal.aborted) price.textContent = plain(error);
      throw error;
    };
    patiently(() => ask(signal).catch(failed), signal).catch(() => {
      if (!signal.aborted) last = '';
    });
  };
}
