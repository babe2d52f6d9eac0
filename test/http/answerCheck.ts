import { listOperations, openApiDocument } from '../../src/contract/document.ts';
import type { OperationId } from '../../src/contract/operation.ts';
import type { AnswerCheck } from '../../src/http/answerCheck.ts';
import { operationOf, schemaFinder } from '../contract/walkContract.ts';

const document = openApiDocument();
const entries = new Map(listOperations(document).map((entry) => [entry.operationId, entry]));
/** One for all apps of the process: a schema is compiled once. */
const find = schemaFinder(document);

const escaped = (text: string) => text.replaceAll('~', '~0').replaceAll('/', '~1');

function pointerOf(operationId: OperationId, status: number): string | undefined {
  const entry = entries.get(operationId);
  const answer = entry && operationOf(document, entry).responses[String(status)];
  if (!entry || !answer) return undefined;
  const place = answer.$ref ?? `#/paths/${escaped(entry.path)}/${entry.method}/responses/${status}`;
  const type = status < 400 ? 'application/json' : 'application/problem+json';
  return `${place}/content/${escaped(type)}/schema`;
}

/** Every answer of every test is held against the contract: its status is one of the operation's, its body fits. */
export const checkAnswer: AnswerCheck = (operationId, status, body) => {
  const pointer = pointerOf(operationId, status);
  if (!pointer) return 'no such status in the contract';
  const validate = find(pointer);
  if (validate(JSON.parse(JSON.stringify(body)))) return undefined;
  return JSON.stringify(validate.errors?.map(({ instancePath, message, params }) => [instancePath, message, params]));
};
