import { argv, env } from 'node:process';
import { format } from 'node:util';
import { Webhook } from 'standardwebhooks';

/** What a recipe printed, or why it failed. */
export interface Told {
  printed: string;
  error?: string;
}

type Recipe = { POST?: (request: Request) => Promise<Response> };

/** Runs the recipes in these files at the same time; one that takes webhooks is sent two, of which one is forged. */
async function run(file: string, index: number): Promise<Told> {
  const told: Told = { printed: '' };
  const own = {
    log: (...words: unknown[]) => {
      told.printed += `${format(...words)}\n`;
    },
  };
  Object.assign(globalThis, { [`console${index}`]: own });
  try {
    const { POST }: Recipe = await import(file);
    if (POST) own.log('answered', await statusOf(POST, ''), await statusOf(POST, ' '));
  } catch (error) {
    told.error = format(error);
  }
  return told;
}

async function statusOf(post: (request: Request) => Promise<Response>, added: string): Promise<number> {
  const body = JSON.stringify({ type: 'webhook.test', timestamp: new Date(), data: { endpointId: 'x' } });
  const now = new Date();
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(env.DIRECTORAI_WEBHOOK_SECRET ?? '').sign('msg_1', now, body),
  };
  const request = new Request('http://localhost/hook', { method: 'POST', body: body + added, headers });
  return (await post(request)).status;
}

console.log(JSON.stringify(await Promise.all(argv.slice(2).map(run))));
