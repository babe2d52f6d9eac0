import { convertV2 } from 'openapi-to-postmanv2';
import type { Contract, ContractOperation } from './contract.ts';

export interface Entry {
  key: string;
  value: string;
  disabled?: boolean;
  description?: object;
}
export interface PostmanRequest {
  method: string;
  description: object;
  url: { host: string[]; path: string[]; query: Entry[]; variable: Entry[] };
  header: Entry[];
  body?: object;
  auth?: object;
}
interface ConvertedItem {
  name: string;
  request?: PostmanRequest;
  item?: ConvertedItem[];
}

const options = {
  folderStrategy: 'Tags',
  requestParametersResolution: 'Example',
  includeAuthInfoInExample: false,
  schemaFaker: false,
  optimizeConversion: false,
};

const addressOf = ({ method, url }: PostmanRequest) =>
  `${method} /${url.path.map((part) => (part.startsWith(':') ? `{${part.slice(1)}}` : part)).join('/')}`;

const flat = (items: ConvertedItem[]): ConvertedItem[] => items.flatMap((entry) => [entry, ...flat(entry.item ?? [])]);

/** Every operation as a Postman request: method, address, parameters and description by the library that knows the format. */
export async function convertRequests({ text, operations }: Contract): Promise<(id: string) => Converted> {
  const collection = await new Promise<{ item: ConvertedItem[] }>((resolve, reject) => {
    convertV2({ type: 'string', data: text }, options, (error, converted) => {
      const data = converted?.output?.[0]?.data;
      if (error || !converted.result || !data) reject(error ?? new Error(converted.reason));
      else resolve(data as { item: ConvertedItem[] });
    });
  });
  const byAddress = new Map(
    flat(collection.item).flatMap(({ name, request }) => (request ? [[addressOf(request), { name, request }]] : [])),
  );
  const byId = new Map(operations.map((operation) => [operation.operationId, operation]));
  return (id) => {
    const operation = byId.get(id);
    const found = operation && byAddress.get(`${operation.method} ${operation.path}`);
    if (!operation || !found) throw new Error(`${id} is not in the converted contract`);
    return { operation, name: found.name, request: structuredClone(found.request) };
  };
}

export interface Converted {
  operation: ContractOperation;
  name: string;
  request: PostmanRequest;
}
