import type { Color } from '../kit/color.ts';

const speciesList = [
  'human',
  'cat',
  'dog',
  'fox',
  'rabbit',
  'bear',
  'panda',
  'mouse',
  'wolf',
  'lion',
  'tiger',
  'deer',
  'squirrel',
  'pig',
  'sheep',
  'monkey',
  'bird',
  'owl',
  'penguin',
  'frog',
  'turtle',
  'fish',
  'dragon',
  'robot',
  'ghost',
  'alien',
] as const;
export type Species = (typeof speciesList)[number];

export type Build = 'small' | 'child' | 'adult' | 'elder' | 'big';
export type HairStyle = 'short' | 'spiky' | 'bob' | 'long' | 'ponytail' | 'twintails' | 'bun' | 'curly' | 'bald';
export type TopKind =
  | 'shirt'
  | 'hoodie'
  | 'jacket'
  | 'coat'
  | 'dress'
  | 'robe'
  | 'chef'
  | 'armor'
  | 'spacesuit'
  | 'kimono'
  | 'uniform'
  | 'overalls'
  | 'sweater'
  | 'none';
export type BottomKind = 'pants' | 'shorts' | 'skirt' | 'none';
export type HatKind =
  | 'chef'
  | 'witch'
  | 'straw'
  | 'cap'
  | 'beret'
  | 'crown'
  | 'helmet'
  | 'bubble'
  | 'goggles'
  | 'bow'
  | 'flower'
  | 'hood'
  | 'headband'
  | 'pirate';
export type FurPattern = 'plain' | 'stripes' | 'patch' | 'mask';

/** Everything that must stay the same from the sheet to the last scene. */
export interface Look {
  name: string;
  species: Species;
  build: Build;
  skin: Color;
  hairStyle: HairStyle;
  hair: Color;
  fur: Color;
  belly: Color;
  pattern: FurPattern;
  eyes: Color;
  top: TopKind;
  topColor: Color;
  accent: Color;
  bottom: BottomKind;
  bottomColor: Color;
  shoes: Color;
  hat?: { kind: HatKind; color: Color };
  scarf?: Color;
  cape?: Color;
  backpack?: Color;
  apron?: Color;
  glasses: boolean;
  beard?: Color;
  freckles: boolean;
}

export const expressions = [
  'smile',
  'joy',
  'sad',
  'determined',
  'surprised',
  'worried',
  'calm',
  'closed',
  'angry',
] as const;
export type Expression = (typeof expressions)[number];
const poseNames = [
  'stand',
  'walk',
  'run',
  'wave',
  'point',
  'cheer',
  'reach',
  'hold',
  'think',
  'sit',
  'shiver',
  'jump',
  'hug',
  'bow',
] as const;
export type PoseName = (typeof poseNames)[number];
export type View = 'front' | 'quarter' | 'side' | 'back';

/** Lengths in figure units: the feet stand at y = 0, up is negative. */
export interface Rig {
  headRadius: number;
  headY: number;
  shoulderY: number;
  shoulderX: number;
  hipY: number;
  hipX: number;
  arm: readonly [number, number];
  leg: readonly [number, number];
  armWidth: number;
  legWidth: number;
  /** Sole to crown, hat not counted. */
  height: number;
}
