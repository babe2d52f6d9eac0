import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { asksForSheet, drawPicture } from './art/picture.ts';
import { isThere, replaceFile } from './files.ts';
import type { Call, WorkOf } from './ledger.ts';
import { hashOf } from './ledger.ts';
import { afterAccepting, answerJson, beforeAccepting, latency } from './misbehave.ts';
import { offerCall } from './offer.ts';
import type { Exchange, Handler, Room } from './room.ts';
import { badRequest, parseJson, WireError } from './wire.ts';

const ImageBody = z.object({
  model: z.string().min(1),
  prompt: z.string().min(1),
  size: z
    .string()
    .regex(/^\d{2,4}x\d{2,4}$/)
    .default('1024x1024'),
  response_format: z.enum(['url', 'b64_json']).default('url'),
  n: z.literal(1).default(1),
  image: z.array(z.string().min(1)).default([]),
});
type ImageBody = z.infer<typeof ImageBody>;

export const latencySeconds = 2;

function readImage({ body }: Exchange): ImageBody & { width: number; height: number } {
  const parsed = ImageBody.safeParse(parseJson(body));
  if (!parsed.success) throw badRequest(`The request is not valid: ${parsed.error.issues[0]?.message ?? ''}`);
  const [width = 0, height = 0] = parsed.data.size.split('x').map(Number);
  if (width < 64 || height < 64 || width > 2048 || height > 2048) throw badRequest('size must be 64 to 2048 a side.');
  return { ...parsed.data, width, height };
}

function pictureName(room: Room, call: Call, work: WorkOf<'images'>): string {
  if (!room.prerendered) return `${call.id}.png`;
  return `prerendered-${asksForSheet(work.prompt) ? 'sheet' : 'scene'}-${work.width}x${work.height}.png`;
}

const drawn = new Map<string, Promise<void>>();

/** Draws a picture once, whoever asks first; a second process may draw the same bytes again, which harms nobody. */
async function ensurePicture(room: Room, call: Call, work: WorkOf<'images'>): Promise<string> {
  const name = pictureName(room, call, work);
  const file = join(room.dir, 'media', name);
  if (await isThere(file)) return name;
  const draw = () =>
    room.drawing(async () =>
      replaceFile(room.dir, 'media', name, await drawPicture(work.prompt, work.width, work.height, call.variant)),
    );
  const running = drawn.get(file) ?? draw().finally(() => drawn.delete(file));
  drawn.set(file, running);
  await running;
  return name;
}

/** The answer of an accepted picture call; the lookup gives the same. */
export async function imageAnswer(room: Room, call: Call, work: WorkOf<'images'>): Promise<unknown> {
  const name = await ensurePicture(room, call, work);
  await latency(room, call.at, latencySeconds);
  const item = work.base64
    ? { b64_json: (await readFile(join(room.dir, 'media', name))).toString('base64') }
    : { url: `${room.origin()}/media/${name}` };
  return { created: Math.floor(call.at / 1000), model: call.model, data: [item] };
}

export const images: Handler = async (room, exchange) => {
  const { model, prompt, width, height, response_format, ...rest } = readImage(exchange);
  const fault = room.faults.strike('images', prompt);
  await beforeAccepting(room, exchange.res, fault);
  if (fault.refuse)
    throw new WireError(400, 'content_policy_violation', 'The prompt was refused by the safety system.');
  const base64 = response_format === 'b64_json' || fault.b64 === true;
  const bodyHash = hashOf(JSON.stringify([model, prompt, width, height, response_format, rest.image]));
  const call = await offerCall(room, exchange, model, bodyHash, () => ({
    kind: 'images',
    prompt,
    width,
    height,
    base64,
  }));
  if (call.work.kind !== 'images') throw badRequest('The key belongs to another kind of call.');
  await afterAccepting(room, exchange.res, fault);
  answerJson(exchange.res, fault, await imageAnswer(room, call, call.work));
};
