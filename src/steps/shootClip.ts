import { findMediaAmong, insertMedia } from '../db/media.ts';
import { insertTake } from '../db/takes.ts';
import type { Step } from '../engine/step.ts';
import { clipHash } from '../film/takeInputs.ts';
import { unplanned } from './gone.ts';
import { type ClipOrder, shoot } from './shoot.ts';
import type { StepTools } from './tools.ts';

/** Shoots one clip straight from a prompt and, where given, a first frame. */
export const shootClip =
  (tools: StepTools): Step =>
  async (context) => {
    const { db, step } = context;
    const { params } = context.task;
    if (!('seconds' in params)) throw unplanned(context);
    const orderNow = async (): Promise<ClipOrder> => {
      const [firstFrame] = params.firstFrame ? await findMediaAmong(db, [params.firstFrame], step.userId) : [];
      const references = await findMediaAmong(db, params.references, step.userId);
      const { prompt, seconds } = params;
      const shown = [firstFrame, ...references].map((picture) => picture?.sha256.toString('hex') ?? null);
      const inputHash = clipHash({ model: tools.providers.video.model, prompt, seconds, references: shown });
      return { subjectId: null, prompt, seconds, firstFrame, references, inputHash };
    };
    const shot = await shoot(tools, context, orderNow);
    if ('end' in shot) return shot;
    const { mediaId } = shot.take;
    return {
      end: 'done',
      result: { mediaId },
      taskResult: async () => ({ mediaId }),
      record: async (trx) => {
        if (shot.reused) return undefined;
        await insertMedia(trx, shot.media);
        await insertTake(trx, shot.take);
        return undefined;
      },
    };
  };
