import type { Knex } from 'knex';
import { findMediaAmong } from '../db/media.ts';
import { type Message, messageView, noteScreenplay } from '../db/messages.ts';
import { insertScreenplay, type Screenplay } from '../db/screenplays.ts';
import type { Step, StepContext } from '../engine/step.ts';
import { PermanentFailure } from '../errors.ts';
import type { ScreenplayDraft, ScreenplayParams } from '../film/glossary.ts';
import { castOf, planFilm } from '../film/plan.ts';
import { reaskMessages, screenplayMessages } from '../film/prompts.ts';
import { readScreenplay } from '../film/screenplay.ts';
import { continued, partsOf, type ScenePart } from '../film/screenplayParts.ts';
import type { ChatMessage } from '../providers/abilities.ts';
import { frameOf } from './frame.ts';
import { unplanned } from './gone.ts';
import { asDataUrl } from './references.ts';
import { costMicros, type StepTools } from './tools.ts';

/**
 * Has the screenplay written, a long one in parts that each go on from the earlier ones; each is a paid call of its own, so that a
 * crash repeats none. The model is asked once more for a part, with its faults quoted, before the step fails.
 */
export const writeScreenplay =
  (tools: StepTools): Step =>
  async (context) => {
    const { task } = context;
    const { params } = task;
    if (!('sceneCount' in params)) throw unplanned(context);
    const draft = await write(tools, context, params);
    let screenplay: Screenplay;
    let announced: Message | undefined;
    const store = async (trx: Knex) => {
      screenplay = await insertScreenplay(trx, {
        taskId: task.id,
        userId: task.userId,
        status: task.type === 'film' ? 'generating' : 'draft',
        language: params.language,
        sceneSeconds: params.sceneSeconds,
        referenceMediaIds: params.images,
        aspectRatio: frameOf(task),
        draft,
      });
      const { id: taskId, conversationId } = task;
      if (conversationId) announced = await noteScreenplay(trx, { taskId, conversationId }, screenplay.id);
      return task.type === 'film' ? planFilm(castOf(screenplay)).steps : undefined;
    };
    return {
      end: 'done',
      result: { scenes: draft.scenes.length, characters: draft.characters.length },
      record: store,
      taskResult: async () => ({ screenplayId: screenplay.id }),
      tell: () => announced && { type: 'message.updated', data: updateOf(announced) },
    };
  };

const updateOf = (message: Message) => ({ conversationId: message.conversationId, message: messageView(message) });

async function write(tools: StepTools, context: StepContext, params: ScreenplayParams): Promise<ScreenplayDraft> {
  const images = await showImages(tools, context, params.images);
  const parts = partsOf(params, tools.providers.text.capabilities.maxOutputTokens);
  let written: ScreenplayDraft | undefined;
  for (const [index, part] of parts.entries()) {
    if (parts.length > 1) context.report(`${part.from}–${part.to} / ${params.sceneCount}`);
    const wanted = parts.length > 1 ? part : undefined;
    const messages = messagesFor(context, params, { images, part: wanted, written });
    written = continued(written, await writePart(tools, context, { messages, params, part, index, written }));
  }
  if (written?.scenes.length !== params.sceneCount) throw new Error('the parts of a screenplay do not make it whole');
  return written;
}

function messagesFor(
  { task }: StepContext,
  params: ScreenplayParams,
  more: { images: string[]; part: ScenePart | undefined; written: ScreenplayDraft | undefined },
): ChatMessage[] {
  const { images, part, written } = more;
  const { system, user } = screenplayMessages({
    idea: params.prompt,
    sceneCount: params.sceneCount,
    characterCount: params.characterCount,
    language: params.language,
    taskId: task.id,
    imageCount: images.length,
    part,
    written,
    ...(params.style && { style: params.style }),
  });
  return [
    { role: 'system', content: system },
    { role: 'user', content: user, images },
  ];
}

interface WritingOfPart {
  messages: ChatMessage[];
  params: ScreenplayParams;
  part: ScenePart;
  index: number;
  written: ScreenplayDraft | undefined;
}

async function writePart(tools: StepTools, context: StepContext, writing: WritingOfPart): Promise<ScreenplayDraft> {
  const { messages, params, part, index, written } = writing;
  const { characterCount, language } = params;
  const read = ({ text, complete }: { text: string; complete: boolean }) =>
    readScreenplay(text, {
      ...{ sceneCount: part.to - part.from + 1, characterCount, language, complete },
      continues: written && { from: part.from, characters: written.characters },
    });
  const first = await ask(tools, context, messages, 2 * index);
  const reading = read(first);
  if ('draft' in reading) return reading.draft;
  context.log.warn({ faults: reading.faults.slice(0, 5) }, 'the screenplay is faulty, asking again');
  const second = await ask(tools, context, reaskMessages(messages, first.text, reading.faults), 2 * index + 1);
  const rereading = read(second);
  if ('draft' in rereading) return rereading.draft;
  const reason = rereading.faults.slice(0, 3).join('; ');
  throw new PermanentFailure({ code: 7003, key: 'provider_bad_output', params: { vendor: 'glm', reason } });
}

async function showImages(tools: StepTools, { db, step }: StepContext, ids: string[]): Promise<string[]> {
  if (!tools.providers.text.capabilities.vision) return [];
  const pictures = await findMediaAmong(db, ids, step.userId);
  return Promise.all(pictures.map((picture) => asDataUrl(tools, picture)));
}

async function ask(
  tools: StepTools,
  { pay }: StepContext,
  messages: ChatMessage[],
  part: number,
): Promise<{ text: string; complete: boolean }> {
  const { text } = tools.providers;
  const { answer } = await pay({
    vendor: 'glm',
    purpose: 'screenplay',
    model: text.model,
    part,
    request: {
      messages: messages.map(({ role, content, images }) => ({ role, content, images: images?.length ?? 0 })),
    },
    maxCostMicros: costMicros(tools, text.model),
    send: (call) => text.complete({ messages, temperature: 0.7, json: true }, call),
    lookup: (key, signal) => text.lookup(key, signal),
  });
  return answer;
}
