import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { keepFrame } from './clips/frame.ts';
import { clipName, ensureClip, stopClip } from './clips/render.ts';
import type { Fault } from './faults.ts';
import { isThere, replaceFile } from './files.ts';
import type { Call, WorkOf } from './ledger.ts';
import { hashOf } from './ledger.ts';
import { afterAccepting, answerJson, beforeAccepting } from './misbehave.ts';
import { offerCall } from './offer.ts';
import type { Exchange, Handler, Room } from './room.ts';
import { badRequest, header, notFound, parseForm, sendBytes, sendJson, WireError, webPage } from './wire.ts';

export const latencySeconds = 6;

interface Submission {
  model: string;
  prompt: string;
  seconds: number;
  frame: string | Buffer | undefined;
  bodyHash: string;
}

async function readSubmission({ req, body }: Exchange): Promise<Submission> {
  const fields = await parseForm(body, header(req, 'content-type'));
  const text = (name: string) => {
    const value = fields.find(([field]) => field === name)?.[1];
    return value === undefined ? '' : value.toString();
  };
  const seconds = Number(text('seconds') || '10');
  if (!text('model')) throw badRequest('model is missing.');
  if (!text('prompt')) throw badRequest('prompt is missing.');
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 20) throw badRequest('seconds must be 1 to 20.');
  const bodyHash = hashOf(JSON.stringify(fields.map(([name, value]) => [name, hashOf(value)])));
  const frame = fields.find(([field]) => field === 'input_reference')?.[1];
  return { model: text('model'), prompt: text('prompt'), seconds, frame, bodyHash };
}

const idOf = (call: Call) => `video_${call.id}`;

/** The answer to a submitted clip; the lookup gives the same. */
export function videoAnswer(call: Call, work: WorkOf<'videos'>): unknown {
  const created_at = Math.floor(call.at / 1000);
  return {
    id: idOf(call),
    object: 'video',
    model: call.model,
    status: 'queued',
    progress: 0,
    created_at,
    size: work.size,
    seconds: String(work.seconds),
  };
}

export const submitVideo: Handler = async (room, exchange) => {
  const { model, prompt, seconds, frame, bodyHash } = await readSubmission(exchange);
  const fault = room.faults.strike('videos', prompt);
  await beforeAccepting(room, exchange.res, fault);
  const kept = await keepFrame(room, frame);
  const fate = { refuse: Boolean(fault.refuse), neverDone: fault.neverDone === true, noUrl: fault.noUrl === true };
  const call = await offerCall(room, exchange, model, bodyHash, () => ({
    kind: 'videos',
    prompt,
    seconds,
    size: kept.size,
    frame: kept.name,
    fate,
  }));
  if (call.work.kind !== 'videos') throw badRequest('The key belongs to another kind of call.');
  if (!call.work.fate.refuse) startRender(room, call, call.work);
  await afterAccepting(room, exchange.res, fault);
  answerJson(exchange.res, fault, videoAnswer(call, call.work));
};

/** A failure to render is kept as the clip's fate, unless nobody wants the clip any more. */
async function renderOrMark(room: Room, call: Call, work: WorkOf<'videos'>): Promise<void> {
  try {
    await ensureClip(room, call, work);
  } catch (error) {
    if (room.signal.aborted || (await isThere(markOf(room, call, 'cancelled')))) return;
    const reason = error instanceof Error ? error.message : String(error);
    room.log(`clip ${call.id} failed: ${reason}`);
    await replaceFile(room.dir, 'marks', `${call.id}.failed`, reason);
  }
}

function startRender(room: Room, call: Call, work: WorkOf<'videos'>): void {
  const job = renderOrMark(room, call, work)
    .catch((error: unknown) => room.log(`clip ${call.id}: ${String(error)}`))
    .finally(() => room.background.delete(job));
  room.background.add(job);
}

const markOf = (room: Room, call: Call, mark: 'cancelled' | 'failed') => join(room.dir, 'marks', `${call.id}.${mark}`);

async function findVideo(room: Room, id: string): Promise<{ call: Call; work: WorkOf<'videos'> }> {
  const call = id.startsWith('video_') ? await room.ledger.byId(id.slice('video_'.length)) : undefined;
  if (call?.work.kind !== 'videos') throw notFound('video');
  return { call, work: call.work };
}

type Standing =
  | { status: string; progress: number }
  | { status: 'completed'; progress: 100; video_url?: string; completed_at: number }
  | { status: 'failed'; progress: number; error: { code: string; message: string } };

const failed = (code: string, message: string): Standing => ({
  status: 'failed',
  progress: 0,
  error: { code, message },
});

/** Time decides when a clip is due; the file decides that it is there. */
async function standingOf(room: Room, call: Call, work: WorkOf<'videos'>, fault: Fault): Promise<Standing> {
  if (await isThere(markOf(room, call, 'cancelled'))) return failed('cancelled', 'The video was cancelled.');
  if (await isThere(markOf(room, call, 'failed'))) return failed('internal_error', 'The video could not be rendered.');
  if (fault.unknownStatus !== undefined) return { status: 'thinking', progress: 0 };
  const total = latencySeconds * 1000 * room.latencyScale;
  const elapsed = Date.now() - call.at;
  const share = total > 0 ? Math.min(1, elapsed / total) : 1;
  if (share < 0.15) return { status: 'queued', progress: 0 };
  const running: Standing = { status: 'in_progress', progress: Math.min(99, Math.floor(share * 100)) };
  if (work.fate.neverDone || fault.neverDone || share < 1) return running;
  if (work.fate.refuse || fault.refuse) return failed('moderation_blocked', 'The content was refused by moderation.');
  const name = clipName(room, call, work);
  if (!(await isThere(join(room.dir, 'media', name)))) {
    startRender(room, call, work);
    return running;
  }
  const done = {
    status: 'completed' as const,
    progress: 100 as const,
    completed_at: Math.floor((call.at + total) / 1000),
  };
  return work.fate.noUrl || fault.noUrl ? done : { ...done, video_url: `${room.origin()}/media/${name}` };
}

export const pollVideo =
  (id: string): Handler =>
  async (room, { res }) => {
    const { call, work } = await findVideo(room, id);
    const fault = room.faults.strikePoll(call.id, work.prompt);
    await beforeAccepting(room, res, fault);
    const standing = await standingOf(room, call, work, fault);
    await afterAccepting(room, res, fault);
    answerJson(res, fault, { ...(videoAnswer(call, work) as object), ...standing });
  };

export const cancelVideo =
  (id: string): Handler =>
  async (room, { res }) => {
    const { call, work } = await findVideo(room, id);
    const fault = room.faults.strike('cancel', work.prompt);
    await beforeAccepting(room, res, fault);
    const standing = await standingOf(room, call, work, {});
    if (standing.status === 'completed') throw new WireError(409, 'already_completed', 'The video is completed.');
    await replaceFile(room.dir, 'marks', `${call.id}.cancelled`, '');
    stopClip(room, call);
    await afterAccepting(room, res, fault);
    sendJson(res, 200, { id, object: 'video.deleted', deleted: true });
  };

export const videoContent =
  (id: string): Handler =>
  async (room, exchange) => {
    const { call, work } = await findVideo(room, id);
    const fault = room.faults.strike('content', work.prompt);
    await beforeAccepting(room, exchange.res, fault);
    if ((await standingOf(room, call, work, {})).status !== 'completed') throw notFound('finished video');
    await sendFile(room, exchange, clipName(room, call, work), fault);
  };

/** Sends a file of `media/`, or what the script puts in its place. */
export async function sendFile(room: Room, { res }: Exchange, name: string, fault: Fault): Promise<void> {
  const file = join(room.dir, 'media', name);
  const type = name.endsWith('.mp4') ? 'video/mp4' : 'image/png';
  if (fault.notMedia || fault.garbage) return sendBytes(res, 200, fault.notMedia ? type : 'text/html', webPage);
  await afterAccepting(room, res, fault);
  const { size } = await stat(file).catch(() => {
    throw notFound('media');
  });
  res.writeHead(200, { 'content-type': type, 'content-length': size });
  await pipeline(createReadStream(file, fault.truncate ? { end: Math.floor(size / 2) } : {}), res, { end: false });
  if (fault.truncate) res.destroy();
  else res.end();
}
