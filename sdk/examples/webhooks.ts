// DIRECTORAI_WEBHOOK_SECRET=whsec_… node sdk/examples/webhooks.ts 9000
// `client.webhooks.create({ url, events: ['task.completed'] })` gives the secret, and has this address told of every film.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { DirectorAI, WebhookVerificationError } from '@directorai/sdk';

const webhookSecret = process.env.DIRECTORAI_WEBHOOK_SECRET;
if (!webhookSecret) throw new Error('DIRECTORAI_WEBHOOK_SECRET is missing');
const { webhooks } = new DirectorAI({ webhookSecret });
const seen = new Set<string>();

const server = createServer(async (req, res) => {
  try {
    const event = await webhooks.unwrap(await text(req), req.headers);
    if (!seen.has(event.webhookId)) console.log(event.type, event.data);
    seen.add(event.webhookId);
    res.writeHead(204).end();
  } catch (error) {
    res.writeHead(error instanceof WebhookVerificationError ? 400 : 500).end();
  }
});
server.listen(Number(process.argv[2] ?? 9000), () => {
  const address = server.address();
  if (typeof address === 'object') console.log(`listening on http://localhost:${address?.port}`);
});
