// DIRECTORAI_WEBHOOK_SECRET=whsec_… node sdk/examples/webhooks.ts 9000
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { DirectorAI, WebhookVerificationError } from '@directorai/sdk';

const { webhooks } = new DirectorAI({ webhookSecret: process.env.DIRECTORAI_WEBHOOK_SECRET });
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
server.listen(Number(process.argv[2] ?? 9000), () => console.log('listening', server.address()));
