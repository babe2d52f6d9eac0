import type { Color } from '../art/kit/color.ts';

/** Colour words in the order they are tried: longer ones before those they contain. */
const english: readonly (readonly [string, Color])[] = [
  ['dark brown', '#5a3a2a'],
  ['light brown', '#b98a5f'],
  ['dark blue', '#2f4a80'],
  ['navy blue', '#2c4272'],
  ['sky blue', '#7cc0f0'],
  ['light blue', '#8fc8f0'],
  ['pale blue', '#a9d2ee'],
  ['ice blue', '#b8e2f4'],
  ['dark green', '#2f6b4a'],
  ['light green', '#9fd48a'],
  ['mint green', '#9fe0c4'],
  ['dark red', '#9a2f3a'],
  ['rose pink', '#f28fa8'],
  ['light pink', '#ffc4d2'],
  ['jet black', '#2a2733'],
  ['snow white', '#fbfbff'],
  ['ash grey', '#a7a3b0'],
  ['silver blue', '#b8c8e0'],
  ['honey blonde', '#f0c46a'],
  ['golden yellow', '#f7c948'],
  ['strawberry blonde', '#f0b088'],
  ['platinum', '#eee6d4'],
  ['chestnut', '#8a4f34'],
  ['chocolate', '#6b4030'],
  ['caramel', '#cf9256'],
  ['ginger', '#f0964a'],
  ['auburn', '#a3492f'],
  ['copper', '#c9703f'],
  ['blonde', '#f4d27a'],
  ['blond', '#f4d27a'],
  ['golden', '#f5c24f'],
  ['gold', '#f0c040'],
  ['amber', '#eba53a'],
  ['hazel', '#a07a3f'],
  ['crimson', '#c9344f'],
  ['scarlet', '#e0453a'],
  ['maroon', '#8a2f3f'],
  ['coral', '#ff8f78'],
  ['salmon', '#f59a86'],
  ['peach', '#ffc49c'],
  ['rose', '#f08aa0'],
  ['magenta', '#d04f9a'],
  ['violet', '#8a5fd0'],
  ['lavender', '#b9a3e6'],
  ['lilac', '#c4a8e0'],
  ['purple', '#8456b8'],
  ['indigo', '#4b4fae'],
  ['navy', '#2c4272'],
  ['teal', '#2f9a98'],
  ['turquoise', '#45c4bc'],
  ['cyan', '#4fc8e0'],
  ['emerald', '#2fa070'],
  ['olive', '#8a9448'],
  ['mint', '#9fe0c4'],
  ['lime', '#b4dc4f'],
  ['cream', '#fff1d6'],
  ['ivory', '#fdf6e6'],
  ['beige', '#e8d4b4'],
  ['tan', '#d8b48a'],
  ['khaki', '#bfae7a'],
  ['bronze', '#b07f45'],
  ['silver', '#cfd4de'],
  ['charcoal', '#4a4854'],
  ['red', '#e0524a'],
  ['orange', '#f28c3a'],
  ['yellow', '#f8d04a'],
  ['green', '#58a862'],
  ['blue', '#4a86d8'],
  ['pink', '#f59ab4'],
  ['brown', '#8f5f42'],
  ['white', '#fbf9f6'],
  ['black', '#38343f'],
  ['grey', '#a7a5b2'],
  ['gray', '#a7a5b2'],
];

const chinese: readonly (readonly [string, Color])[] = [
  ['浅蓝', '#8fc8f0'],
  ['天蓝', '#7cc0f0'],
  ['深蓝', '#2f4a80'],
  ['浅绿', '#9fd48a'],
  ['深绿', '#2f6b4a'],
  ['粉红', '#f59ab4'],
  ['橘黄', '#f5a24a'],
  ['米白', '#fff1d6'],
  ['银白', '#e6e8f0'],
  ['红', '#e0524a'],
  ['橙', '#f28c3a'],
  ['橘', '#f0964a'],
  ['黄', '#f8d04a'],
  ['绿', '#58a862'],
  ['青', '#45c4bc'],
  ['蓝', '#4a86d8'],
  ['紫', '#8456b8'],
  ['粉', '#f59ab4'],
  ['棕', '#8f5f42'],
  ['褐', '#7a5240'],
  ['白', '#fbf9f6'],
  ['黑', '#38343f'],
  ['灰', '#a7a5b2'],
  ['金', '#f0c040'],
  ['银', '#cfd4de'],
  ['米', '#f0e2c4'],
];

export const colorOf = (word: string): Color | undefined =>
  [...english, ...chinese].find(([name]) => name === word.toLowerCase().replaceAll('-', ' '))?.[1];

const names = english.map(([name]) => name.replaceAll(' ', '[\\s-]')).join('|');
const zhNames = chinese.map(([name]) => name).join('|');

/** The colour a text gives to a thing: "bright red wool scarf", 红色的围巾. `en` and `zh` are alternations. */
export function colorBefore(text: string, en: string, zh = ''): Color | undefined {
  const found = new RegExp(
    `\\b(${names})(?:ish)?(?:[\\s-]+(?!and\\b|with\\b|wearing\\b|in\\b|(?:${names})\\b)[\\w']+){0,2}?[\\s-]+(?:${en})\\b`,
    'i',
  ).exec(text);
  if (found?.[1]) return colorOf(found[1]);
  const zhFound = zh ? new RegExp(`(${zhNames})色?的?[\\u4e00-\\u9fff]{0,2}?(?:${zh})`).exec(text) : null;
  return zhFound?.[1] ? colorOf(zhFound[1]) : undefined;
}

/** The first colour of a text. */
export function anyColor(text: string): Color | undefined {
  const found = new RegExp(`\\b(${names})\\b|(${zhNames})色`, 'i').exec(text);
  const word = found?.[1] ?? found?.[2];
  return word ? colorOf(word) : undefined;
}
