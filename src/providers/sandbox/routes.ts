import type { IncomingMessage } from 'node:http';
import { chat, chatAnswer } from './chat.ts';
import type { Endpoint } from './faults.ts';
import { Rules } from './faults.ts';
import { imageAnswer, images } from './images.ts';
import type { Call } from './ledger.ts';
import { beforeAccepting } from './misbehave.ts';
import type { Handler, Room } from './room.ts';
import { cancelVideo, pollVideo, sendFile, submitVideo, videoAnswer, videoContent } from './videos.ts';
import { badRequest, notFound, parseJson, requireBearer, sendJson, WireError } from './wire.ts';

function answerOf(room: Room, call: Call): unknown {
  if (call.work.kind === 'chat') return chatAnswer(room, call, call.work);
  return call.work.kind === 'images' ? imageAnswer(room, call, call.work) : videoAnswer(call, call.work);
}

const lookup =
  (key: string): Handler =>
  async (room, { res }) => {
    await beforeAccepting(room, res, room.faults.strike('lookup', ''));
    const call = room.mode === 'none' ? undefined : await room.ledger.byKey(key);
    if (!call) throw notFound('accepted call');
    sendJson(res, 200, { status: 200, body: await answerOf(room, call) });
  };

const media =
  (name: string): Handler =>
  async (room, exchange) => {
    const call = await room.ledger.byId(name.replace(/\.\w+$/, ''));
    const fault = room.faults.strike('media', call && 'prompt' in call.work ? call.work.prompt : '');
    await beforeAccepting(room, exchange.res, fault);
    await sendFile(room, exchange, name, fault);
  };

const listVideos: Handler = async (room, { res }) => {
  const calls = (await room.ledger.accepted()).filter(({ path }) => path === '/v1/videos');
  const data = calls.slice(-100).map(({ id, at, model }) => {
    return { id: `video_${id}`, object: 'video', model, created_at: Math.floor(at / 1000) };
  });
  sendJson(res, 200, { object: 'list', data: data.reverse(), has_more: calls.length > 100 });
};

const faultScript: Handler = async (room, { req, res, body }) => {
  if (req.method === 'DELETE') room.faults.clear();
  if (req.method === 'POST') {
    const rules = Rules.safeParse(parseJson(body));
    if (!rules.success) throw badRequest(`The fault rules are not valid: ${rules.error.message}`);
    room.faults.set(rules.data);
  }
  sendJson(res, 200, room.faults.list());
};

interface Route {
  methods: string;
  path: RegExp;
  endpoint?: Endpoint;
  open?: boolean;
  handler: (argument: string) => Handler;
}

const routes: readonly Route[] = [
  { methods: 'POST', path: /^\/api\/paas\/v4\/chat\/completions$/, endpoint: 'chat', handler: () => chat },
  { methods: 'POST', path: /^\/v1\/images\/generations$/, endpoint: 'images', handler: () => images },
  { methods: 'POST', path: /^\/v1\/videos$/, endpoint: 'videos', handler: () => submitVideo },
  { methods: 'GET', path: /^\/v1\/videos$/, handler: () => listVideos },
  { methods: 'GET', path: /^\/v1\/videos\/(video_[0-9a-f]+)$/, endpoint: 'poll', handler: pollVideo },
  { methods: 'DELETE', path: /^\/v1\/videos\/(video_[0-9a-f]+)$/, endpoint: 'cancel', handler: cancelVideo },
  { methods: 'GET', path: /^\/v1\/videos\/(video_[0-9a-f]+)\/content$/, endpoint: 'content', handler: videoContent },
  { methods: 'GET', path: /^\/v1\/idempotency\/([^/]+)$/, endpoint: 'lookup', handler: lookup },
  { methods: 'GET', path: /^\/media\/([a-z0-9-]+\.(?:png|mp4))$/, endpoint: 'media', open: true, handler: media },
  { methods: 'GET POST DELETE', path: /^\/_sandbox\/faults$/, open: true, handler: () => faultScript },
  {
    methods: 'GET',
    path: /^\/_sandbox\/accepted$/,
    open: true,
    handler:
      () =>
      async (room, { res }) =>
        sendJson(res, 200, await room.ledger.accepted()),
  },
  {
    methods: 'GET',
    path: /^\/_sandbox\/requests$/,
    open: true,
    handler:
      () =>
      async (room, { res }) =>
        sendJson(res, 200, room.requests),
  },
];

/** Finds the handler of a request, counts the request and checks its bearer key. */
export function route(room: Room, req: IncomingMessage, url: URL): Handler {
  const there = routes.filter(({ path }) => path.test(url.pathname));
  const found = there.find(({ methods }) => methods.split(' ').includes(req.method ?? ''));
  if (!found) throw there.length > 0 ? new WireError(405, 'method_not_allowed', 'Wrong method.') : notFound('address');
  if (found.endpoint) room.requests[found.endpoint] += 1;
  if (!found.open) requireBearer(req);
  return found.handler(decodeURIComponent(found.path.exec(url.pathname)?.[1] ?? ''));
}
