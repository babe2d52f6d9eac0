import { appendFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { listOperations } from '../../src/contract/document.ts';

const log = process.env.ANSWERS_LOG;
const seen = new Set<string>();
const operations = listOperations().map(({ operationId, method, path }) => {
  const names = path.split('/').map((part) => (part.startsWith('{') ? '[^/]+' : part));
  return { operationId, method: method.toUpperCase(), path: new RegExp(`^/api/v1${names.join('/')}$`) };
});
// `/scenes/{sceneUuid}` would also take the words of fixed paths beside it.
operations.sort((one, other) => one.path.source.split('[^/]+').length - other.path.source.split('[^/]+').length);

/** With `ANSWERS_LOG=file`, notes every pair of operation and status a server answers, once a process, for `answersCovered.ts`. */
export function noteAnswers(server: Server): void {
  if (!log) return;
  server.on('request', (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    response.once('finish', () => {
      const asked = operations.find(({ method, path: pattern }) => method === request.method && pattern.test(path));
      const line = `${asked?.operationId} ${response.statusCode}`;
      if (!asked || seen.has(line)) return;
      seen.add(line);
      appendFileSync(log, `${line}\n`);
    });
  });
}
