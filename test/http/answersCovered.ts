import { readFileSync } from 'node:fs';
import { listOperations, type OperationEntry, openApiDocument } from '../../src/contract/document.ts';
import { operationOf } from '../contract/walkContract.ts';

/** What a run of the tests with `ANSWERS_LOG=file npm test` was answered: every operation in the good case, to bad input, to a stranger. */
const file = process.argv[2] ?? process.env.ANSWERS_LOG;
if (!file) throw new Error('Name the file that `ANSWERS_LOG=file npm test` wrote: npm run check:answers -- file');
const seen = new Set(readFileSync(file, 'utf8').trim().split('\n'));

const badInput = [400, 402, 406, 409, 413, 415, 422];
const statusesSeen = (id: string) =>
  [...seen].flatMap((line) => (line.startsWith(`${id} `) ? [+line.slice(id.length + 1)] : []));

/** What somebody without rights has to be answered: no token, no administrator, somebody else's id. */
function strangersOf(entry: OperationEntry): number[] {
  if (entry.public) return [];
  if (entry.tag === 'admin') return [401, 403];
  return entry.path.includes('{') ? [401, 404] : [401];
}

const missing = listOperations().flatMap((entry) => {
  const { operationId } = entry;
  const statuses = statusesSeen(operationId);
  const documented = Object.keys(operationOf(openApiDocument(), entry).responses).map(Number);
  const strangers = strangersOf(entry);
  return [
    statuses.some((status) => status < 400) ? [] : ['good'],
    !documented.includes(400) || statuses.some((status) => badInput.includes(status)) ? [] : ['bad input'],
    strangers.filter((status) => !statuses.includes(status)).map((status) => `stranger (${status})`),
  ]
    .flat()
    .map((kind) => `${operationId}: ${kind}`);
});

console.log(
  `${listOperations().length} operations × {good, bad input, stranger}: ${seen.size} pairs of operation and status answered`,
);
for (const line of missing) console.log(`not covered: ${line}`);
process.exitCode = missing.length > 0 ? 1 : 0;
