import { join } from 'node:path';
import { findMediaAmong, insertMedia, type NewMedia } from '../db/media.ts';
import { loadCharacterSheet } from '../db/scenes.ts';
import { type SheetViews, selectSheet, viewsOf } from '../db/selections.ts';
import { insertTake, type Take } from '../db/takes.ts';
import type { Step, StepContext, StepOutcome } from '../engine/step.ts';
import { sheetSize } from '../film/params.ts';
import { sheetPrompt } from '../film/prompts.ts';
import { allEnded } from './allEnded.ts';
import { drawPicture, keepWritten } from './drawPicture.ts';
import { gone } from './gone.ts';
import type { StepTools } from './tools.ts';

/** Draws one character from front, side and back in one picture, and keeps the whole and the three views. */
export const drawCharacterSheet =
  (tools: StepTools): Step =>
  async (context) => {
    const { db, step } = context;
    const sheetId = step.subjectId ?? '';
    const material = await loadCharacterSheet(db, sheetId);
    if (!material) throw gone('character sheet');
    const order = {
      kind: 'character_sheet' as const,
      subjectId: sheetId,
      prompt: sheetPrompt(material.sheet, material.style),
      size: sheetSize,
      references: await findMediaAmong(db, material.referenceMediaIds, step.userId),
      selected: { takeId: material.sheet.takeId, picked: material.sheet.picked },
    };
    const drawn = await drawPicture(tools, context, order, (file, dir) => keepViews(tools, context, file, dir));
    if (drawn.reused) return reuse(sheetId, drawn.take);
    const { take, media, more: views } = drawn;
    const filming = context.task.type === 'film';
    return {
      end: 'done',
      result: { mediaId: take.mediaId },
      taskResult: context.task.type === 'image' ? async () => ({ mediaId: take.mediaId }) : undefined,
      record: async (trx) => {
        for (const view of media) await insertMedia(trx, view);
        const takeId = await insertTake(trx, { ...take, parts: { ...views } });
        await selectSheet(trx, sheetId, { takeId, views, filming });
        return undefined;
      },
    };
  };

/** Takes kept before their views were written down beside them can only be the selected ones: nothing to select. */
function reuse(sheetId: string, { id: takeId, mediaId, parts }: Take): StepOutcome {
  const views = viewsOf(parts);
  return {
    end: 'done',
    result: { takeId, mediaId, reused: true },
    record: async (trx) => {
      if (views) await selectSheet(trx, sheetId, { takeId, views, filming: true });
      return undefined;
    },
  };
}

async function keepViews(
  { media, store }: StepTools,
  { step }: StepContext,
  file: string,
  dir: string,
): Promise<{ media: [NewMedia, ...NewMedia[]]; more: SheetViews }> {
  const path = (view: string) => join(dir, view);
  const files = { combined: path('combined'), front: path('front'), side: path('side'), back: path('back') };
  const split = await media.splitSheet(file, files);
  const keep = (view: keyof typeof files) => keepWritten(store, step, files[view], split[view]);
  const [combined, front, side, back] = await allEnded([keep('combined'), keep('front'), keep('side'), keep('back')]);
  return {
    media: [combined, front, side, back],
    more: { combined: combined.id, front: front.id, side: side.id, back: back.id },
  };
}
