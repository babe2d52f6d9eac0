import assert from 'node:assert/strict';
import { aim } from '../../src/providers/download.ts';
import { isPublicAddress, pinned, publicAddresses, type Resolve } from '../../src/publicHosts.ts';
import { settingsFor } from './support.ts';

const settings = settingsFor('tuzi', 'https://api.vendor.example');
const answering =
  (...addresses: string[]): Resolve =>
  async () =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));

describe('isPublicAddress', () => {
  const open = ['1.1.1.1', '8.8.8.8', '93.184.216.34', '172.15.255.255', '172.32.0.1', '100.63.0.1', '223.255.255.254'];
  const openV6 = ['2606:4700::1111', '2a00:1450:4001:81b::200e', '2400:cb00::1', '2001:4860:4860::8888'];
  it('is true of what anybody can be asked at', () => {
    for (const address of [...open, ...openV6]) assert.ok(isPublicAddress(address), address);
  });

  const closed =
    '0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.254 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255';
  const closedV6 =
    ':: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:0:7f00:1:: 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808::1 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 4000::1 2606:4700::1111%eth0';
  for (const address of [
    ...closed.split(' '),
    ...closedV6.split(' '),
    'localhost',
    '',
    '127.1',
    '::1%0',
    '1.1.1.1.1',
  ]) {
    it(`is false of ${address || 'nothing'}`, () => assert.equal(isPublicAddress(address), false));
  }
});

describe('publicAddresses', () => {
  it('gives every address of a public host', async () => {
    const found = await publicAddresses('cdn.example', { resolve: answering('1.1.1.1', '2606:4700::1111') });
    assert.deepEqual(
      found.map(({ address }) => address),
      ['1.1.1.1', '2606:4700::1111'],
    );
  });

  it('refuses a host with a single address that is not public, or with none', async () => {
    for (const addresses of [['1.1.1.1', '127.0.0.1'], ['2606:4700::1111', '::1'], ['::ffff:1.1.1.1'], []]) {
      await assert.rejects(
        publicAddresses('cdn.example', { resolve: answering(...addresses) }),
        /not of a public host|has no address/,
      );
    }
  });

  it('checks a literal address without asking anybody', async () => {
    const asked: Resolve = () => Promise.reject(new Error('asked'));
    assert.deepEqual(await publicAddresses('[2606:4700::1111]', { resolve: asked }), [
      { address: '2606:4700::1111', family: 6 },
    ]);
    await assert.rejects(publicAddresses('[::1]', { resolve: asked }), /not of a public host/);
  });
});

describe('aim', () => {
  it('connects to the checked address, whatever the name server says later', async () => {
    const answers = [answering('1.1.1.1'), answering('127.0.0.1')];
    const rebinding: Resolve = (host) => (answers.shift() ?? answering())(host);
    const { own, lookup } = await aim(settings, 'https://cdn.example/a.mp4', rebinding);
    assert.equal(own, false);
    for (const all of [true, false]) {
      const given = await new Promise<unknown[]>((resolve) =>
        lookup?.('cdn.example', { all }, (...found) => resolve(found)),
      );
      assert.deepEqual(given, all ? [null, [{ address: '1.1.1.1', family: 4 }]] : [null, '1.1.1.1', 4]);
    }
    assert.equal(answers.length, 1);
  });

  it('has no address for a host that was not checked', async () => {
    const error = await new Promise((resolve) => pinned([])('x', { all: false }, resolve));
    assert.match(String(error), /no address/);
  });

  it('trusts the configured origin as it is configured, and a path as being there', async () => {
    const refusing: Resolve = () => Promise.reject(new Error('asked'));
    for (const address of [
      'https://api.vendor.example/v1/x',
      'https://api.vendor.example:443/x',
      '/media/x.mp4',
      'x.mp4',
    ]) {
      const { own, url } = await aim(settings, address, refusing);
      assert.ok(own && url.origin === 'https://api.vendor.example', address);
    }
    const local = settingsFor('tuzi', 'http://127.0.0.1:4000');
    assert.equal((await aim(local, 'http://127.0.0.1:4000/a.mp4', refusing)).own, true);
    await assert.rejects(aim(local, 'http://127.0.0.1:4001/a.mp4', refusing), /not plain https/);
    await assert.rejects(aim(local, 'http://localhost:4000/a.mp4', refusing), /not plain https/);
  });
});
