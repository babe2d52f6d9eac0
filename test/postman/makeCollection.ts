import { writeFile } from 'node:fs/promises';
import { filesOf, makeCollection } from './collection.ts';

const folder = new URL('../../docs/postman/', import.meta.url);
const collection = await makeCollection();
for (const [name, text] of Object.entries(filesOf(collection))) await writeFile(new URL(name, folder), text);
const requests = collection.item.reduce((sum, { item }) => sum + item.length, 0);
console.log(`docs/postman: ${requests} requests in ${collection.item.length} folders`);
