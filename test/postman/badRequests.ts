import type { Ask } from './request.ts';

const nobody = '00000000-0000-7000-8000-000000000000';
const order = (params: object) => ({ type: 'film', params: { prompt: 'x', ...params } }) as Ask['body'];

/** What a client does wrong, and what it is told. */
export const badRequests: Ask[] = [
  { id: 'createTask', name: 'No scenes at all', body: order({ sceneCount: 0 }), status: [400] },
  { id: 'createTask', name: 'Ten thousand scenes', body: order({ sceneCount: 10_000 }), status: [400] },
  { id: 'createTask', name: 'A field nobody knows', body: order({ colour: 'red' }), status: [400] },
  { id: 'createTask', name: 'A number where text belongs', body: order({ prompt: 7 }), status: [400] },
  { id: 'createTask', name: 'Broken JSON', body: { raw: '{"type": "film", ' }, status: [400] },
  { id: 'createTask', name: 'Text instead of JSON', headers: { 'Content-Type': 'text/plain' }, status: [415] },
  { id: 'createTask', name: 'No token', anonymous: true, status: [401] },
  { id: 'createTask', name: 'Somebody else’s picture', body: order({ images: [nobody] }), status: [404] },
  { id: 'getTask', name: 'A task that is not there', path: { taskId: nobody }, status: [404] },
  { id: 'getTask', name: 'An id that is none', path: { taskId: 'seven' }, status: [400] },
  { id: 'getTask', name: 'An answer in XML', headers: { Accept: 'application/xml' }, status: [406] },
  { id: 'listTasks', name: 'Page nought', query: { page: '0' }, status: [400] },
  { id: 'listTasks', name: 'A method it does not have', method: 'DELETE', status: [405] },
  { id: 'cancelTask', name: 'Cancel what is completed', status: [409] },
  { id: 'confirmScreenplay', name: 'Confirm what is filmed', status: [409] },
  {
    id: 'loginUser',
    name: 'A wrong password',
    form: { username: '{{email}}', password: 'not this one' },
    status: [401],
  },
  {
    id: 'registerUser',
    name: 'An e-mail that is taken',
    body: { username: 'somebody-else', email: '{{email}}', password: '{{password}}' },
    status: [400, 409],
  },
  {
    id: 'createConversation',
    name: 'A key, first time',
    headers: { 'Idempotency-Key': '{{reusedKey}}' },
    body: { title: 'Sea' },
    status: [201],
  },
  {
    id: 'createConversation',
    name: 'The same key with another body',
    headers: { 'Idempotency-Key': '{{reusedKey}}' },
    body: { title: 'Mountain' },
    status: [422],
  },
];
