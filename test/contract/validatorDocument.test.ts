import assert from 'node:assert/strict';
import express from 'express';
import { middleware } from 'express-openapi-validator';
import supertest from 'supertest';
import { openApiDocument } from '../../src/contract/document.ts';
import { validatorDocument } from '../../src/contract/validatorDocument.ts';
import { allOperations, examplesOf, schemaFinder } from './walkContract.ts';

const id = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e03';
const story = { images: [], sceneCount: 7, characterCount: 2, sceneSeconds: 10, language: 'zh' };
const render = { aspectRatio: '16:9' };

describe('validatorDocument', () => {
  const validate = schemaFinder(validatorDocument(), { defaults: true })('#/components/schemas/TaskCreate');

  /** Where the first fault of a refused body is. */
  const faultOf = (body: unknown): string => {
    assert.equal(validate(body), false, JSON.stringify(body));
    const [{ instancePath = '', params = {} } = {}] = validate.errors ?? [];
    const field: unknown = params.missingProperty ?? params.additionalProperty;
    return field === undefined ? instancePath : `${instancePath}/${field}`;
  };

  it('fills in the defaults of the variant that is meant, and of no other', () => {
    const cases: [type: string, asked: object, filled: object][] = [
      ['screenplay', { prompt: 'x' }, { prompt: 'x', ...story }],
      ['film', { prompt: 'x', sceneCount: 3 }, { prompt: 'x', ...story, sceneCount: 3, render }],
      ['film', { screenplayId: id }, { screenplayId: id, render }],
      ['film', { screenplayId: id, render: {} }, { screenplayId: id, render }],
      ['image', { prompt: 'x' }, { prompt: 'x', size: '1024x1024', references: [] }],
      ['image', { sceneUuid: id }, { sceneUuid: id }],
      ['image', { characterSheetId: id }, { characterSheetId: id }],
      ['video', { prompt: 'x', firstFrame: id }, { prompt: 'x', firstFrame: id, seconds: 10, references: [] }],
      ['video', { sceneUuid: id }, { sceneUuid: id }],
    ];
    for (const [type, params, filled] of cases) {
      const body = { type, params };
      assert.ok(validate(body), `${JSON.stringify(body)}: ${JSON.stringify(validate.errors)}`);
      assert.deepEqual(body, { type, params: filled });
    }
  });

  it('points at the faulty field of the variant that is meant', () => {
    const film = (params: object): object => ({ type: 'film', params });
    const prompt = 'x';
    assert.equal(faultOf([]), '');
    assert.equal(faultOf({ params: {} }), '/type');
    assert.equal(faultOf({ type: 'novel', params: {} }), '/type');
    assert.equal(faultOf({ type: 'film' }), '/params');
    assert.equal(faultOf({ ...film({ prompt }), status: 'completed' }), '/status');
    assert.equal(faultOf(film({})), '/params/prompt');
    assert.equal(faultOf(film({ screenplayId: id, prompt })), '/params/prompt');
    assert.equal(faultOf(film({ screenplayId: id, sceneCount: 3 })), '/params/sceneCount');
    assert.equal(faultOf(film({ screenplayId: 'mine' })), '/params/screenplayId');
    assert.equal(faultOf(film({ prompt, sceneCount: 0 })), '/params/sceneCount');
    assert.equal(faultOf(film({ prompt, sceneCount: '7' })), '/params/sceneCount');
    assert.equal(faultOf(film({ prompt, sceneSeconds: 7 })), '/params/sceneSeconds');
    assert.equal(faultOf(film({ prompt, images: [id, 'x'] })), '/params/images/1');
    assert.equal(faultOf(film({ prompt, render: { aspectRatio: '4:3' } })), '/params/render/aspectRatio');
    assert.equal(faultOf({ type: 'screenplay', params: { prompt, render } }), '/params/render');
    assert.equal(
      faultOf({ type: 'image', params: { sceneUuid: id, characterSheetId: id } }),
      '/params/characterSheetId',
    );
    assert.equal(faultOf({ type: 'video', params: { sceneUuid: id, seconds: 5 } }), '/params/seconds');
  });

  it('refuses prompts that are blank, too long or hold control characters', () => {
    for (const prompt of ['', ' \n\t ', 'a\u0000b', 'a\u001bb', 'x'.repeat(10_001)]) {
      assert.equal(faultOf({ type: 'film', params: { prompt } }), '/params/prompt');
    }
    for (const prompt of ['猫', ' two\n\tlines\r\n', '😀'.repeat(10_000)]) {
      assert.ok(validate({ type: 'film', params: { prompt } }));
    }
  });

  it('accepts every example of the contract', () => {
    const find = schemaFinder(validatorDocument(), { defaults: true });
    for (const { operationId, requestBody } of allOperations(openApiDocument())) {
      for (const content of Object.values(requestBody?.content ?? {})) {
        const check = find(content.schema.$ref ?? 'an inline schema');
        for (const example of examplesOf(content)) assert.ok(check(structuredClone(example)), operationId);
      }
    }
  });

  it('leaves the contract itself as it is', () => {
    validatorDocument();
    assert.equal(openApiDocument().components.schemas.TaskCreate?.oneOf?.length, 4);
  });

  it('is a document the validator takes, and guards requests with', async () => {
    const app = express().use(express.json());
    const apiSpec = validatorDocument() as Parameters<typeof middleware>[0]['apiSpec'];
    app.use(middleware({ apiSpec, validateApiSpec: true, validateSecurity: false, fileUploader: false }));
    app.post('/api/v1/tasks', ({ body }, res) => void res.json(body));
    app.use((fault: { errors: object }, _req: express.Request, res: express.Response, _next: express.NextFunction) => {
      res.status(400).json(fault.errors);
    });
    const server = app.listen(0, '127.0.0.1');
    const send = (params: object) => supertest(server).post('/api/v1/tasks').send({ type: 'film', params });
    const taken = await send({ screenplayId: id }).expect(200);
    assert.deepEqual(taken.body, { type: 'film', params: { screenplayId: id, render } });
    const refused = await send({ prompt: 'x', scenes: 7 }).expect(400);
    assert.equal(refused.body[0].path, '/body/params/scenes');
    await new Promise((closed) => server.close(closed));
  });
});
