import { api, plain } from './client.ts';
import { dropDraft, keepDraft, keptDraft } from './draft.ts';
import { choice, field, problem, tellFaults } from './fields.ts';
import { h } from './h.ts';
import type { Page } from './main.ts';
import { pictures } from './pictures.ts';
import { cost } from './price.ts';
import { buy } from './purchase.ts';
import { keepShape, shapes } from './shape.ts';
import type { AspectRatio, FilmFromPrompt, TaskCreate } from './vendor/sdk.js';
import { currentTongue, minutes, t } from './words.ts';

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => [String(from + at), String(from + at)] as const);

function ordered(form: HTMLFormElement, images: string[]): TaskCreate {
  const data = Object.fromEntries(new FormData(form)) as Record<string, string>;
  const { idea = '', scenes, characters, seconds, aspect, style = '', language, way } = data;
  const story: FilmFromPrompt = {
    prompt: idea.trim(),
    sceneCount: Number(scenes),
    characterCount: Number(characters),
    sceneSeconds: Number(seconds) as 5 | 10 | 15,
    language: language === 'en' ? 'en' : 'zh',
    ...(images.length > 0 && { images }),
    ...(style.trim() && { style: style.trim() }),
  };
  if (way === 'review') return { type: 'screenplay', params: story };
  return { type: 'film', params: { ...story, render: { aspectRatio: aspect as AspectRatio } } };
}

/** Where a film begins: the idea, how it shall be, and what that takes. */
export function newFilm(first = ''): Page {
  const fault = problem();
  const price = h('p', { class: 'price', 'aria-live': 'polite' }, ' ');
  const draft = keptDraft();
  const drop = pictures(fault, draft.pictures);
  const button = h('button', { class: 'main' }, t('start'));
  const form = h(
    'form',
    { class: 'card idea' },
    ...controls(drop.element, first ? { ...draft.values, idea: first } : draft.values),
    h('div', { class: 'go' }, price, button),
    fault,
  );
  const order = () => ordered(form, drop.ids());
  const estimate = estimating(order, price);
  const changed = () => {
    keepDraft(form, drop.ids());
    estimate();
  };
  form.addEventListener('input', changed);
  drop.element.addEventListener('pictures', changed);
  if (first) takeSample(changed);
  if (draft.values.idea) estimate();
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      await drop.uploaded();
      const wanted = order();
      const { id } = await buy(wanted, (options) => api().tasks.create(wanted, options));
      dropDraft();
      keepShape(id, String(new FormData(form).get('aspect')));
      location.hash = `#/tasks/${id}`;
    } catch (error) {
      tellFaults(form, fault, error, { prompt: 'idea' });
      button.disabled = false;
    }
  });
  return { element: h('section', { class: 'narrow' }, h('h1', {}, t('newFilm')), form), title: t('newFilm') };
}

/** It is a draft from now on: what is loaded anew at the sample's address would put it over what was made of it. */
function takeSample(changed: () => void): void {
  history.replaceState(history.state, '', '#/new');
  changed();
}

function controls(drop: HTMLElement, kept: Record<string, string>): HTMLElement[] {
  const hints = { rows: 4, maxlength: 2000, placeholder: t('ideaHint') };
  const idea = h('textarea', { name: 'idea', required: true, ...hints }, kept.idea);
  const formats = shapes.map((shape) => [shape, shape] as const);
  const spoken = [
    ['zh', '中文'],
    ['en', 'English'],
  ] as const;
  return [
    field(t('idea'), idea),
    drop,
    h(
      'div',
      { class: 'row' },
      field(t('howManyScenes'), choice('scenes', numbers(1, 12), kept.scenes ?? '4')),
      field(t('howManyCharacters'), choice('characters', numbers(1, 4), kept.characters ?? '2')),
      field(
        t('sceneSeconds'),
        choice(
          'seconds',
          [
            ['5', '5'],
            ['10', '10'],
            ['15', '15'],
          ],
          kept.seconds ?? '5',
        ),
      ),
      field(t('aspect'), choice('aspect', formats, kept.aspect ?? '16:9')),
      field(t('narration'), choice('language', spoken, kept.language ?? currentTongue())),
    ),
    field(t('style'), h('input', { name: 'style', maxlength: 200, placeholder: t('styleHint'), value: kept.style })),
    h(
      'fieldset',
      { class: 'way' },
      h('legend', { class: 'unseen' }, t('start')),
      way('review', t('reviewFirst'), kept.way !== 'film'),
      way('film', t('straight'), kept.way === 'film'),
    ),
  ];
}

const way = (value: string, text: string, checked: boolean) =>
  h('label', {}, h('input', { type: 'radio', name: 'way', value, checked }), text);

/** Says what the order takes, half a second after the last change. */
function estimating(order: () => TaskCreate, price: HTMLElement): () => void {
  let timer = 0;
  let asked = 0;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(async () => {
      const mine = ++asked;
      const wanted = order();
      const { params } = wanted;
      const isSaid = 'prompt' in params && params.prompt !== '';
      price.textContent = isSaid ? t('estimating') : ' ';
      if (!isSaid) return;
      const words = await api()
        .tasks.estimate({ type: 'film', params } as TaskCreate)
        .then(
          ({ costMicros, expectedSeconds }) =>
            t('estimateOf', { cost: cost(costMicros), time: minutes(expectedSeconds) }),
          plain,
        );
      if (mine === asked) price.textContent = words;
    }, 500);
  };
}
