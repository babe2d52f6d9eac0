import { findMediaAmong, insertMedia } from '../db/media.ts';
import { insertTake } from '../db/takes.ts';
import type { Step } from '../engine/step.ts';
import { clipHash } from '../film/takeInputs.ts';
import { shoot } from './shoot.ts';
import type { StepTools } from './tools.ts';

/** Shoots one clip straight from a prompt and, where given, a first frame. */
export const shootClip =
  (tools: StepTools): Step =>
  async (context) => {
    const { db, step, task } = context;
    const params = task.params as {
      prompt: string;
      seconds: 5 | 10 | 15;
      firstFrame?: string;
      references: string[];
    };
    const [firstFrame] = params.firstFrame ? await findMediaAmong(db, [params.firstFrame], step.userId) : [];
    const references = await findMediaAmong(db, params.references, step.userId);
    const { prompt, seconds } = params;
    const shown = [firstFrame, ...references].map((picture) => picture?.sha256.toString('hex') ?? null);
    const hash = clipHash({ model: tools.providers.video.model, prompt, seconds, references: shown });
    const shot = await shoot(tools, context, {
      subjectId: null,
      prompt,
      seconds,
      firstFrame,
      references,
      inputHash: hash,
    });
    if ('end' in shot) return shot;
    return {
      end: 'done',
      result: { mediaId: shot.media.id },
      taskResult: async () => ({ mediaId: shot.media.id }),
      record: async (trx) => {
        await insertMedia(trx, shot.media);
        await insertTake(trx, shot.take);
        return undefined;
      },
    };
  };
