import { findMediaAmong, insertMedia } from '../db/media.ts';
import { insertTake } from '../db/takes.ts';
import type { Step } from '../engine/step.ts';
import { drawPicture, keepPicture } from './drawPicture.ts';
import { unplanned } from './gone.ts';
import type { StepTools } from './tools.ts';

/** Draws one picture straight from a prompt. */
export const drawImage =
  (tools: StepTools): Step =>
  async (context) => {
    const { db, step } = context;
    const { params } = context.task;
    if (!('size' in params)) throw unplanned(context);
    const order = {
      kind: 'image' as const,
      subjectId: null,
      prompt: params.prompt,
      size: params.size,
      references: await findMediaAmong(db, params.references, step.userId),
    };
    const drawn = await drawPicture(tools, context, order, async (file, dir) => {
      return { media: [await keepPicture(tools, context, file, dir)], more: undefined };
    });
    const { mediaId } = drawn.take;
    return {
      end: 'done',
      result: { mediaId },
      taskResult: async () => ({ mediaId }),
      record: async (trx) => {
        if (drawn.reused) return undefined;
        for (const media of drawn.media) await insertMedia(trx, media);
        await insertTake(trx, drawn.take);
        return undefined;
      },
    };
  };
