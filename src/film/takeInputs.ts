import { createHash } from 'node:crypto';
import type { AspectRatio } from './glossary.ts';

/** Hex SHA-256 over everything that shapes a take; `input` must be built in a fixed key order. */
const inputHash = (input: object): string => createHash('sha256').update(JSON.stringify(input)).digest('hex');

/** `references` are the hex SHA-256 of the pictures shown, in order. */
export interface PictureInput {
  kind: 'character_sheet' | 'image';
  model: string;
  prompt: string;
  size: string;
  references: readonly string[];
}

export const pictureHash = ({ kind, model, prompt, size, references }: PictureInput): string =>
  inputHash({ kind, model, prompt, size, references });

/** `references` begin with the first frame; null where a clip starts from nothing. */
export interface ClipInput {
  model: string;
  prompt: string;
  seconds: number;
  references: readonly (string | null)[];
}

export const clipHash = ({ model, prompt, seconds, references }: ClipInput): string =>
  inputHash({ kind: 'clip', model, prompt, seconds, references });

/** `clips` are the hex SHA-256 of the clips, in order. */
export interface FilmInput {
  clips: readonly string[];
  narration: readonly string[];
  frame: AspectRatio;
}

export const filmHash = ({ clips, narration, frame }: FilmInput): string =>
  inputHash({ kind: 'film', clips, narration, frame });

/** Of what one scene says. */
export const narrationHash = (narration: string): string => inputHash({ narration });
