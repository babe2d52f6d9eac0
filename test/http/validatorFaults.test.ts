import assert from 'node:assert/strict';
import { openApiDocument } from '../../src/contract/document.ts';
import { validatorDocument } from '../../src/contract/validatorDocument.ts';
import { formOf } from '../../src/http/validatorFaults.ts';
import { useApp } from './testApp.ts';

interface Told {
  pointer: string;
  detail: string;
}

describe('faults of a request', () => {
  const app = useApp({ users: ['ada'] });
  const post = (path: string, body: object, language = 'en') =>
    app.as('ada').post(`/api/v1${path}`).set('Accept-Language', language).send(body);
  const told = async (path: string, body: object, language = 'en'): Promise<Record<string, string>> => {
    const answer = await post(path, body, language).expect(400);
    return Object.fromEntries(answer.body.errors.map(({ pointer, detail }: Told) => [pointer, detail]));
  };

  it('are all told at once, in words, and without the machinery that tells variants apart', async () => {
    assert.deepEqual(await told('/tasks', { type: 'film', params: { prompt: '', sceneCount: 99 } }), {
      '/body/params/prompt': 'must not be empty',
      '/body/params/sceneCount': 'must be at most 30',
    });
    assert.deepEqual(await told('/auth/register', { username: '', email: 'nope', password: 'x', wat: 1 }), {
      '/body/wat': 'is not a field that is known here',
      '/body/username': 'must not be empty',
      '/body/email': 'must be an e-mail address',
      '/body/password': 'must have at least 8 characters',
    });
    assert.deepEqual(await told('/tasks', { type: 'image', params: { prompt: 'a\u0007', size: 'big' } }, 'zh'), {
      '/body/params/prompt': '必须含有可见字符，且除制表符和换行外不能含有控制字符',
      '/body/params/size': '必须是以下之一：1024x1024, 1536x864, 864x1536',
    });
    assert.deepEqual(await told('/tasks', { type: 'poem' }), {
      '/body/type': 'must be one of: screenplay, image, video, film',
    });
  });

  it('say of alternatives that it is one or the other', async () => {
    const screenplayId = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e02';
    const both = { prompt: 'a kitten', screenplayId };
    assert.deepEqual(await told('/tasks', { type: 'film', params: both }), {
      '/body/params/prompt': 'cannot be given together with `screenplayId`: give one or the other',
    });
    assert.deepEqual(await told('/tasks', { type: 'film', params: { screenplayId, sceneCount: 3 } }, 'zh'), {
      '/body/params/sceneCount': '不能与 screenplayId 同时提供，请二选一',
    });
    assert.deepEqual(await told('/tasks', { type: 'film', params: {} }), {
      '/body/params/prompt': 'is required, unless `screenplayId` is given',
    });
    assert.deepEqual(await told('/images', { prompt: 'a', sceneUuid: screenplayId, wat: 1 }), {
      '/body/prompt': 'cannot be given together with `sceneUuid`: give one or the other',
      '/body/wat': 'is not a field that is known here',
    });
  });

  it('are begun to be told in the detail', async () => {
    const { body } = await post('/tasks', { type: 'film', params: { prompt: '', sceneCount: 99 } }).expect(400);
    assert.equal(body.title, 'The request is not valid.');
    assert.equal(body.detail, 'The request is not valid: /body/params/prompt must not be empty (+1)');
  });

  it('are no more than a hundred, however many there are', async () => {
    const fields = Object.fromEntries(Array.from({ length: 900 }, (_, index) => [`f${index}`, 1]));
    const { body } = await post('/tasks', { type: 'image', params: { prompt: 'x', ...fields } }).expect(400);
    assert.equal(body.errors.length, 100);
    const images = Array.from({ length: 900 }, () => 1);
    const listed = await post('/tasks', { type: 'film', params: { prompt: 'x', images } }).expect(400);
    assert.equal(listed.body.errors.length, 100);
    assert.deepEqual(listed.body.errors[0], {
      pointer: '/body/params/images',
      detail: 'must have at most 8 entries',
    });
  });

  it('have words for every pattern of a request', () => {
    const { paths, components } = validatorDocument(openApiDocument(), { answers: false });
    const { WebhookSignature: _sentByUs, ...parameters } = components.parameters;
    const patterns = new Set(patternsIn({ paths, parameters, schemas: components.schemas }));
    assert.ok(patterns.size > 5);
    assert.deepEqual(
      [...patterns].filter((pattern) => formOf(pattern) === 'form_other'),
      [],
    );
  });
});

function patternsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'pattern' && typeof inner === 'string' ? [inner] : patternsIn(inner),
  );
}
