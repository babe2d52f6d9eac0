// Runs in every runtime that has fetch: `… journey.ts URL KEY FOLDER`. Says in one line of JSON what it saw.
import { argv } from 'node:process';
import { DirectorAI, NotFoundError } from '@directorai/sdk';

const [baseUrl = '', apiKey, folder = '.'] = argv.slice(2);
const secret = `whsec_${btoa('a secret of twenty-four b')}`;
const client = new DirectorAI({ baseUrl, apiKey, webhookSecret: secret });

const picture = await client.media.upload(`${folder}/kitten.jpg`);
const order = client.films.create({
  prompt: 'a kitten',
  sceneCount: 1,
  characterCount: 0,
  sceneSeconds: 5,
  images: [picture.id],
});
const ids: number[] = [];
for await (const { id } of order.stream()) ids.push(id);
const film = await order.wait();
await client.media.save(film.result.mediaId, `${folder}/film.mp4`);

const left = client.events.stream({ after: 0 });
const first = await left.next();
await left.return();

const missing = await client.tasks.get(picture.id).catch((error: unknown) => error instanceof NotFoundError);
const aborted = await client.auth.me({ signal: AbortSignal.abort() }).catch((error: Error) => error.name);

const body = JSON.stringify({ type: 'webhook.test', timestamp: new Date(), data: { endpointId: picture.id } });
const timestamp = String(Math.floor(Date.now() / 1000));
const bytes = new TextEncoder().encode('a secret of twenty-four b');
const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(`msg_1.${timestamp}.${body}`));
const signature = `v1,${btoa(String.fromCharCode(...new Uint8Array(mac)))}`;
const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': signature };
const { type } = await client.webhooks.unwrap(body, headers);
const forged = await client.webhooks.unwrap(`${body} `, headers).catch((error: Error) => error.name);

const { originalFilename: filename } = picture;
const ascending = ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0));
console.log(
  JSON.stringify({
    filename,
    events: ids.length > 3 && ascending,
    status: film.status,
    first: first.value?.id,
    missing,
    aborted,
    type,
    forged,
  }),
);
