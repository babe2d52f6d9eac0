import assert from 'node:assert/strict';
import { type Address, ClosedHost, isPublicAddress, publicAddresses } from '../../src/publicHosts.ts';
import { sendWebhook } from '../../src/webhooks/send.ts';
import { newWebhookSecret } from '../../src/webhooks/signature.ts';
import { readTarget } from '../../src/webhooks/target.ts';
import { closedAddresses, openAddresses } from './closedAddresses.ts';
import { type Receiver, startReceiver } from './receiver.ts';

const message = (url: string) => ({ id: 'one', body: '{}', url, secrets: [newWebhookSecret()] });
const answering =
  (...answers: string[][]) =>
  async (): Promise<Address[]> =>
    (answers.length > 1 ? (answers.shift() ?? []) : (answers[0] ?? [])).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));

describe('the addresses of webhooks', () => {
  it('are refused in more than 200 spellings before anything is connected', async () => {
    assert.ok(new Set(closedAddresses).size > 200, `${new Set(closedAddresses).size} of them`);
    const resolve = async (): Promise<Address[]> => assert.fail('asked the name server');
    for (const url of closedAddresses) {
      const { error } = await sendWebhook(message(url), { resolve });
      assert.equal(error, 'address_refused', url);
    }
  });
  it('are taken where they are https of the internet', () => {
    for (const url of openAddresses) assert.equal(readTarget(url).protocol, 'https:', url);
  });
  it('are kept as URIs, whatever the URL class lets through', () => {
    const spellings = {
      'https://example.com/a|b[c]/%zz?q={1}&r=`^': 'https://example.com/a%7Cb%5Bc%5D/%25zz?q=%7B1%7D&r=%60%5E',
      'https://example.com/%7Eme/?q=%20': 'https://example.com/%7Eme/?q=%20',
      'https://hooks_1.example.com': 'https://hooks_1.example.com/',
    };
    for (const [given, kept] of Object.entries(spellings)) assert.equal(readTarget(given).href, kept);
    for (const host of ['jg._}', "o'brien.com", 'a..example.com', '$.com', '.example.com']) {
      assert.throws(() => readTarget(`https://${host}/`), ClosedHost, host);
    }
  });
  it('are refused when a single answer of the name server is not public', async () => {
    for (const closed of ['127.0.0.1', '::1', '169.254.169.254', '::ffff:10.0.0.1', 'fe80::1%eth0', 'nonsense']) {
      const { error } = await sendWebhook(message('https://example.com/'), { resolve: answering(['8.8.8.8', closed]) });
      assert.equal(error, 'address_refused', closed);
    }
    const { error } = await sendWebhook(message('https://example.com/'), { resolve: answering([]) });
    assert.equal(error, 'address_refused');
  });
  it('are asked of the name server anew at every attempt', async () => {
    const url = readTarget('https://example.com/');
    const resolve = answering(['8.8.8.8'], ['127.0.0.1']);
    const found = await publicAddresses(url.hostname, { resolve, allowPrivate: false });
    assert.deepEqual(found, [{ address: '8.8.8.8', family: 4 }]);
    await assert.rejects(publicAddresses(url.hostname, { resolve, allowPrivate: false }), ClosedHost);
  });
  it('know IPv4 from its neighbours', () => {
    for (const open of [
      '9.255.255.255',
      '11.0.0.0',
      '126.255.255.255',
      '128.0.0.1',
      '172.15.255.255',
      '192.167.255.255',
    ]) {
      assert.ok(isPublicAddress(open), open);
    }
  });
});

describe('a name server that changes its mind', () => {
  const receivers: Receiver[] = [];
  after(() => Promise.all(receivers.map((one) => one.close())));

  it('between check and connection changes nothing: the connection goes to the address that was checked', async () => {
    const checked = await startReceiver('127.0.0.1');
    const other = await startReceiver('127.0.0.2', checked.port);
    receivers.push(checked, other);
    const asked: string[] = [];
    const resolve = async (hostname: string): Promise<Address[]> => {
      asked.push(hostname);
      return [{ address: asked.length === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    };
    const url = `http://rebound.example.com:${checked.port}/`;
    const first = await sendWebhook(message(url), { allowPrivate: true, resolve });
    assert.deepEqual([first.ok, asked.length, checked.received.length, other.received.length], [true, 1, 1, 0]);
    assert.equal(checked.received[0]?.headers.host, `rebound.example.com:${checked.port}`);
    await sendWebhook(message(url), { allowPrivate: true, resolve });
    assert.deepEqual([asked.length, checked.received.length, other.received.length], [2, 1, 1]);
  });
});
