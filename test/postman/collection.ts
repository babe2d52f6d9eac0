import { badRequests } from './badRequests.ts';
import { type Contract, readContract } from './contract.ts';
import { convertRequests } from './convert.ts';
import { closing, everyOperation } from './everyOperation.ts';
import { filmFlow } from './film.ts';
import { type Ask, type Item, itemOf } from './request.ts';
import { definitionsOf } from './schemas.ts';
import { sharedTests } from './scripts.ts';

interface Folder {
  name: string;
  item: Item[];
}

export interface Collection {
  info: { name: string; schema: string; description: string };
  auth: object;
  event: object[];
  variable: { key: string; value: string }[];
  item: Folder[];
}

const description = `Generated from openapi.yaml by \`npm run postman\`; don't edit it. Run the folders from the top: the first makes a film and keeps
its ids for the others. Choose the environment beside it, and set \`email\` to one that is free.`;

function foldersOf({ operations, tags }: Contract, item: (ask: Ask) => Item): Folder[] {
  const asks = everyOperation(operations);
  const tagOf = new Map(operations.map(({ operationId, tag }) => [operationId, tag]));
  const perTag = tags.map((tag) => ({ name: tag, item: asks.filter(({ id }) => tagOf.get(id) === tag).map(item) }));
  return [
    { name: 'A film, from the account to the mp4', item: filmFlow.map(item) },
    ...perTag.filter(({ item: requests }) => requests.length > 0),
    { name: 'Bad requests', item: badRequests.map(item) },
    { name: 'Clearing up', item: closing.map(item) },
  ];
}

/** The whole collection; the same contract gives the same bytes. */
export async function makeCollection(): Promise<Collection> {
  const contract = await readContract();
  const convert = await convertRequests(contract);
  return {
    info: {
      name: 'DirectorAI',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
      description,
    },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    event: [sharedTests()],
    variable: [{ key: 'schemas', value: JSON.stringify(definitionsOf(contract.schemas)) }],
    item: foldersOf(contract, (ask) => itemOf(convert, ask)),
  };
}

/** Where the service is, and who asks. */
export const environment = {
  name: 'DirectorAI on this machine',
  values: [
    ['baseUrl', 'http://localhost:8080/api/v1'],
    ['username', 'postman'],
    ['email', 'postman@example.com'],
    ['password', 'correct horse battery staple'],
    ['reusedKey', 'a key that is used twice'],
  ].map(([key, value]) => ({ key, value, type: 'default', enabled: true })),
};

export const filesOf = (collection: Collection) => ({
  'directorai.postman_collection.json': `${JSON.stringify(collection, null, 1)}\n`,
  'directorai.postman_environment.json': `${JSON.stringify(environment, null, 1)}\n`,
});
