import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { openApiDocument } from '../../src/contract/document.ts';
import { useApp } from './testApp.ts';

describe('pages', () => {
  const app = useApp();
  const get = (path: string) => app.anyone().get(path);

  it('the contract in both formats', async () => {
    const yaml = await get('/openapi.yaml').responseType('text').expect(200);
    assert.match(yaml.headers['content-type'] ?? '', /^application\/yaml/);
    assert.deepEqual(parse(String(yaml.body)), openApiDocument());
    const json = await get('/openapi.json').expect(200);
    assert.deepEqual(json.body, openApiDocument());
  });

  it('the reference loads nothing from elsewhere', async () => {
    const { text, headers } = await get('/docs').expect(200);
    const sources = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source ?? '');
    assert.deepEqual(sources, ['/studio/icon.svg', '/docs/redoc.js', '/docs/start.js']);
    for (const source of sources) {
      const loaded = await get(source).expect(200);
      assert.match(loaded.headers['content-type'] ?? '', source.endsWith('.js') ? /javascript/ : /svg/);
    }
    assert.match(headers['content-security-policy'] ?? '', /script-src 'self';/);
    assert.doesNotMatch(headers['content-security-policy'] ?? '', /https?:|\*/);
  });

  it('a welcome in both languages', async () => {
    const english = await get('/').expect(200);
    assert.match(english.text, /The service is running/);
    const chinese = await get('/').set('Accept-Language', 'zh-CN').expect(200);
    assert.match(chinese.text, /服务正在运行/);
    for (const [, link = ''] of english.text.matchAll(/href="([^"]+)"/g)) await get(link).expect(200);
  });
});
