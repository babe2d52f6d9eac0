import { argv, env } from 'node:process';
import { Webhook } from 'standardwebhooks';

// Runs one recipe; one that takes webhooks is sent one.
const recipe: { POST?: (request: Request) => Promise<Response> } = await import(argv[2] ?? '');
if (recipe.POST) {
  const body = JSON.stringify({ type: 'task.completed', data: {} });
  const now = new Date();
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(env.DIRECTORAI_WEBHOOK_SECRET ?? '').sign('msg_1', now, body),
  };
  const sent = (text: string) => new Request('http://localhost/hook', { method: 'POST', body: text, headers });
  const statuses = [await recipe.POST(sent(body)), await recipe.POST(sent(`${body} `))].map(({ status }) => status);
  console.log('answered', ...statuses);
}
