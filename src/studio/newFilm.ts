import { api, plain } from './client.ts';
import { choice, field, problem } from './fields.ts';
import { h } from './h.ts';
import type { Page } from './main.ts';
import { pictures } from './pictures.ts';
import { keepShape, shapes } from './shape.ts';
import type { AspectRatio, FilmFromPrompt, TaskCreate } from './vendor/sdk.js';
import { currentTongue, minutes, money, t } from './words.ts';

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
  const drop = pictures(fault);
  const button = h('button', { class: 'main' }, t('start'));
  const form = h(
    'form',
    { class: 'card idea' },
    ...controls(drop.element, first),
    h('div', { class: 'go' }, price, button),
    fault,
  );
  const order = () => ordered(form, drop.ids());
  const estimate = estimating(order, price);
  form.addEventListener('input', estimate);
  drop.element.addEventListener('pictures', estimate);
  if (first) estimate();
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    button.disabled = true;
    try {
      const { id } = await api().tasks.create(order());
      keepShape(id, String(new FormData(form).get('aspect')));
      location.hash = `#/tasks/${id}`;
    } catch (error) {
      fault.textContent = plain(error);
      button.disabled = false;
    }
  });
  return { element: h('section', { class: 'narrow' }, h('h1', {}, t('newFilm')), form), title: t('newFilm') };
}

function controls(drop: HTMLElement, first: string): HTMLElement[] {
  const hints = { rows: 4, maxlength: 2000, placeholder: t('ideaHint') };
  const idea = h('textarea', { name: 'idea', required: true, ...hints }, first);
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
      field(t('howManyScenes'), choice('scenes', numbers(1, 12), '4')),
      field(t('howManyCharacters'), choice('characters', numbers(1, 4), '2')),
      field(
        t('sceneSeconds'),
        choice(
          'seconds',
          [
            ['5', '5'],
            ['10', '10'],
            ['15', '15'],
          ],
          '5',
        ),
      ),
      field(t('aspect'), choice('aspect', formats, '16:9')),
      field(t('narration'), choice('language', spoken, currentTongue())),
    ),
    field(t('style'), h('input', { name: 'style', maxlength: 200, placeholder: t('styleHint') })),
    h(
      'fieldset',
      { class: 'way' },
      h('legend', { class: 'unseen' }, t('start')),
      way('review', t('reviewFirst'), true),
      way('film', t('straight'), false),
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
      if (!('prompt' in params) || !params.prompt) return;
      price.textContent = t('estimating');
      const words = await api()
        .tasks.estimate({ type: 'film', params } as TaskCreate)
        .then(
          ({ costMicros, expectedSeconds }) =>
            t('estimateOf', { cost: money(costMicros), time: minutes(expectedSeconds) }),
          plain,
        );
      if (mine === asked) price.textContent = words;
    }, 500);
  };
}
