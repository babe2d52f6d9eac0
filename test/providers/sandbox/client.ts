import { chmodSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import { z } from 'zod';
import type { FaultRule } from '../../../src/providers/sandbox/faults.ts';
import type { Sandbox, SandboxOptions } from '../../../src/providers/sandbox/server.ts';
import { startSandbox } from '../../../src/providers/sandbox/server.ts';

chmodSync(ffmpeg.path, 0o755);
export const ffmpegPath = ffmpeg.path;

export const Completion = z.object({
  object: z.literal('chat.completion'),
  choices: z.tuple([
    z.object({ finish_reason: z.string(), message: z.object({ role: z.literal('assistant'), content: z.string() }) }),
  ]),
  usage: z.object({ prompt_tokens: z.int(), completion_tokens: z.int(), total_tokens: z.int() }),
});
export const Images = z.object({
  data: z.tuple([z.object({ url: z.string().optional(), b64_json: z.string().optional() })]),
});
export const Video = z.object({
  id: z.string(),
  status: z.string(),
  progress: z.number().optional(),
  video_url: z.string().optional(),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type Video = z.infer<typeof Video>;
export const Problem = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
export const Accepted = z.array(
  z.object({ at: z.number(), path: z.string(), key: z.string().nullable(), model: z.string(), id: z.string() }),
);

/** Only the status of a reply; an unread body would hold its connection. */
export async function statusOf(reply: Promise<Response> | Response): Promise<number> {
  const { status, body } = await reply;
  await body?.cancel();
  return status;
}

const bearer = { authorization: 'Bearer any' };

export interface Caller {
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  get(path: string): Promise<Response>;
  submit(fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  chat(text: string, headers?: Record<string, string>): Promise<Response>;
  draw(prompt: string, size?: string, headers?: Record<string, string>): Promise<Response>;
  script(rules: FaultRule[]): Promise<void>;
  accepted(): Promise<z.infer<typeof Accepted>>;
  /** Polls until the clip has an end. */
  finished(id: string): Promise<Video>;
}

export function caller(url: string): Caller {
  const post: Caller['post'] = (path, body, headers = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers: { ...bearer, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const get: Caller['get'] = (path) => fetch(url + path, { headers: bearer });
  const chat: Caller['chat'] = (text, headers) =>
    post('/api/paas/v4/chat/completions', { model: 'glm-4', messages: [{ role: 'user', content: text }] }, headers);
  return {
    post,
    get,
    chat,
    submit: (fields, headers = {}) => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ model: 'sora-1', prompt: 'slow zoom in', seconds: '1', ...fields }))
        body.set(name, value);
      return fetch(`${url}/v1/videos`, { method: 'POST', headers: { ...bearer, ...headers }, body });
    },
    draw: (prompt, size = '256x144', headers = {}) =>
      post('/v1/images/generations', { model: 'gemini', prompt, size }, headers),
    script: async (rules) => void (await (await post('/_sandbox/faults', rules)).json()),
    accepted: async () => Accepted.parse(await (await get('/_sandbox/accepted')).json()),
    finished: async (id) => {
      const deadline = Date.now() + 15_000;
      for (;;) {
        const video = Video.parse(await (await get(`/v1/videos/${id}`)).json());
        if (video.status === 'completed' || video.status === 'failed') return video;
        if (Date.now() > deadline) throw new Error(`the clip is still ${video.status}`);
        await sleep(40);
      }
    },
  };
}

export interface TestSandbox extends Caller {
  url: string;
  dir: string;
  close(): Promise<void>;
}

async function open(dir: string, options: Partial<SandboxOptions>): Promise<TestSandbox> {
  const sandbox: Sandbox = await startSandbox({ latencyScale: 0, ffmpegPath, ...options, dir });
  return {
    ...caller(sandbox.url),
    url: sandbox.url,
    dir,
    close: async () => {
      await sandbox.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export const openSandbox = async (options: Partial<SandboxOptions> = {}): Promise<TestSandbox> =>
  open(await mkdtemp(join(tmpdir(), 'sandbox-')), options);
