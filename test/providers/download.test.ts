import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { downloadMedia, type Target } from '../../src/providers/download.ts';
import { failureOf, meaningOf, never, secret, serving, settingsFor } from './support.ts';

const png = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(5000, 1)]);
const mp4 = Buffer.concat([Buffer.from('00000020667479706d703432', 'hex'), Buffer.alloc(200_000, 2)]);

let dir = '';
const newFile = () => join(dir, randomUUID());
const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/** A folder for the results of one `describe`. */
function useFolder(): void {
  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'directorai-download-'));
  });
  after(() => rm(dir, { recursive: true, force: true }));
}

/** Fetches a clip from a server that is the vendor's own origin. */
async function fetched(handler: RequestListener, { maxBytes = 1_000_000, signal = never } = {}): Promise<Buffer> {
  const file = newFile();
  try {
    await serving(handler, (origin) =>
      downloadMedia(settingsFor('tuzi', origin), `${origin}/a.mp4`, { kind: 'video', file, signal, maxBytes }),
    );
    return await readFile(file);
  } catch (error) {
    assert.equal(await exists(file), false);
    throw error;
  }
}

describe('downloadMedia from the own origin', () => {
  useFolder();
  it('writes the whole result, asking with the credentials', async () => {
    let asked: unknown;
    const bytes = await fetched((req, res) => {
      asked = req.headers.authorization;
      res.end(mp4);
    });
    assert.ok(bytes.equals(mp4));
    assert.equal(asked, `Bearer ${secret}`);
  });

  it('recognises media whose first bytes come one by one', async () => {
    const bytes = await fetched(async (_req, res) => {
      for (const byte of mp4.subarray(0, 20))
        await new Promise<void>((resolve) => res.write(Buffer.of(byte), () => resolve()));
      res.end(mp4.subarray(20));
    });
    assert.ok(bytes.equals(mp4));
  });

  const bad: [string, RequestListener, RegExp][] = [
    ['a picture for a clip', (_req, res) => res.end(png), /7003 .* not a video/],
    ['a playlist', (_req, res) => res.end('#EXTM3U\nfile:///etc/passwd\n'), /7003 .* not a video/],
    ['nothing', (_req, res) => res.end(), /7003 .* not a video/],
    ['less than a header', (_req, res) => res.end('abc'), /7003 .* not a video/],
    [
      'too much, as announced',
      (_req, res) => res.end(Buffer.concat([mp4, Buffer.alloc(1_000_000)])),
      /7003 .* too large/,
    ],
    [
      'too much, unannounced',
      (_req, res) => {
        res.write(mp4);
        const more = () => res.write(Buffer.alloc(100_000)) && setImmediate(more);
        res.on('drain', more).on('error', () => undefined);
        more();
      },
      /7003 .* too large/,
    ],
    [
      'compressed bytes',
      (_req, res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(mp4)),
      /7003 .* compressed/,
    ],
    [
      'half of it',
      (_req, res) =>
        void res.writeHead(200, { 'content-length': mp4.length }).write(mp4.subarray(0, 5000), () => res.destroy()),
      /7002 .*\(ECONNRESET\)/,
    ],
    ['no answer', (req) => req.socket.destroy(), /7002 .*\(ECONNRESET\)/],
    ['not found', (_req, res) => res.writeHead(404).end(), /7000 .* HTTP 404/],
    ['an outage', (_req, res) => res.writeHead(503, { 'retry-after': '4' }).end(), /7002 .* HTTP 503/],
  ];
  for (const [name, handler, words] of bad) {
    it(`keeps nothing of ${name}`, async () => {
      const failure = await failureOf(fetched(handler));
      assert.match(`${failure.failure.code} ${failure.message}`, words);
      assert.deepEqual([failure.accepted, failure.retryable], ['no', true]);
    });
  }

  it('follows no redirect from there', async () => {
    await serving(
      (_req, res) => res.end(mp4),
      async (elsewhere, seen) => {
        const failure = await failureOf(fetched((_req, res) => res.writeHead(302, { location: elsewhere }).end()));
        assert.equal(meaningOf(failure), '7003 provider_bad_output no final');
        assert.equal(seen(), 0);
      },
    );
  });

  it('ends with the reason of the signal', async () => {
    const reason = new Error('cancelled');
    const stopping = new AbortController();
    const work = fetched((_req, res) => void res.write(mp4, () => stopping.abort(reason)), { signal: stopping.signal });
    await assert.rejects(work, reason);
  });
});

describe('downloadMedia from strangers', () => {
  useFolder();
  /** A decision that lets loopback through as a stranger, so that redirects can be tried at all. */
  const stranger = async (address: string): Promise<Target> => ({ url: new URL(address), own: false });
  const settings = settingsFor('tuzi', 'https://api.vendor.example');
  const from = (origin: string, path: string, file = newFile()) =>
    downloadMedia(settings, `${origin}${path}`, { kind: 'video', file, signal: never, aim: stranger });

  const hopping: RequestListener = (req, res) => {
    const left = Number(req.url?.slice(1));
    if (req.headers.authorization) res.writeHead(500).end('credentials leaked');
    else if (left > 0) res.writeHead(302, { location: `/${left - 1}` }).end();
    else res.end(mp4);
  };

  it('follows three redirects without credentials, and no fourth', async () => {
    await serving(hopping, async (origin) => {
      const file = newFile();
      await from(origin, '/3', file);
      assert.ok((await readFile(file)).equals(mp4));
      assert.match((await failureOf(from(origin, '/4'))).message, /too many redirects/);
    });
  });

  it('decides on every hop anew', async () => {
    const handler: RequestListener = (_req, res) => res.writeHead(302, { location: 'https://127.0.0.1/steal' }).end();
    const aimed: string[] = [];
    const decide = async (address: string): Promise<Target> => {
      aimed.push(new URL(address).pathname);
      if (aimed.length > 1) throw new Error('decided again');
      return stranger(address);
    };
    await serving(handler, (origin) =>
      failureOf(downloadMedia(settings, `${origin}/a`, { kind: 'video', file: newFile(), signal: never, aim: decide })),
    );
    assert.deepEqual(aimed, ['/a', '/steal']);
  });

  it('repeats nothing that a stranger says', async () => {
    const failure = await serving(
      (_req, res) => res.writeHead(403).end('root:x:0:0'),
      (origin) => failureOf(from(origin, '/')),
    );
    assert.equal(failure.message, 'tuzi answered with something unusable: the result could not be fetched (HTTP 403)');
  });
});

const hosts =
  '127.0.0.1 127.1 127.0.1 0 0.0.0.0 0x7f.1 0x7f000001 0x7F.0x0.0x0.0x1 2130706433 017700000001 0177.0.0.1 127.0.0.1. localhost localhost. LOCALHOST foo.localhost [::1] [::] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::] [fe80::1] [fd00:ec2::254] [fc00::1] [ff02::1] [2001:db8::1] 10.0.0.1 10.1 172.16.0.1 172.31.255.255 192.168.0.1 192.168.257 169.254.169.254 169.254.43518 2852039166 0xa9fea9fe 0251.0376.0251.0376 100.64.0.1 198.18.0.1 192.0.2.1 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255 4294967295 １２７.０.０.１ 127。0。0。1 ⑫⑦.0.0.1 ⓛⓞⓒⓐⓛⓗⓞⓢⓣ %31%32%37.0.0.1 metadata.google.internal metadata'.split(
    ' ',
  );

describe('downloadMedia where a vendor points inside', () => {
  useFolder();
  let seen = 0;
  const canary = createServer((socket) => {
    seen += 1;
    socket.destroy();
  });
  let port = 0;
  before(async () => {
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    const address = canary.address();
    port = address !== null && typeof address === 'object' ? address.port : 0;
  });
  after(() => new Promise((resolve) => canary.close(resolve)));

  const refusal = async (address: string) => {
    const work = downloadMedia(settingsFor('tuzi', 'https://api.vendor.example'), address, {
      kind: 'video',
      file: newFile(),
      signal: never,
    });
    const failure = await failureOf(work);
    assert.equal(failure.accepted, 'no', address);
    return failure.message;
  };

  it(`refuses ${hosts.length} spellings of closed hosts, with and without a port`, async () => {
    for (const host of hosts) {
      assert.match(
        await refusal(`https://${host}/a.mp4`),
        /not of a public host|connection failed|no readable address/,
        host,
      );
      assert.match(await refusal(`https://${host}:${port}/a.mp4`), /not plain https|no readable address/, host);
    }
    assert.equal(seen, 0);
  });

  it('refuses closed literal hosts for being closed, not for want of a name', async () => {
    for (const host of hosts.filter((name) => /^[\d[]/.test(name) && !name.includes('%'))) {
      assert.match(await refusal(`https://${host}/a.mp4`), /not of a public host/, host);
    }
  });

  it('refuses every other way to say it', async () => {
    const at = `127.0.0.1:${port}`;
    const odd = [
      `http://${at}/`,
      `HTTP://${at}/`,
      `http:\\\\${at}\\`,
      `//${at}/`,
      `\\\\${at}/`,
      `https://user:pw@${at}/`,
      `https://cdn.example@${at}/`,
      `https://${at}#@cdn.example/`,
      `https://${at}\\@cdn.example/`,
      `https://cdn.example\\@${at}/`,
      `https://user@api.vendor.example/`,
      `https://api.vendor.example@${at}/`,
      `https://api.vendor.example:8443/`,
      'http://api.vendor.example/',
      `https:${at}/`,
      ` https://${at}/`,
      `h\nttps://${at}/`,
      `https://127.0.0.1\t:${port}/`,
      `ftp://${at}/`,
      `file:///etc/passwd`,
      `gopher://${at}/_x`,
      'data:video/mp4;base64,AAAA',
      `javascript:alert(1)`,
      `blob:https://api.vendor.example/x`,
      `concat:/etc/passwd`,
      `ws://${at}/`,
      'https://',
      'https://[::1',
      'https://a b/',
      `https://api.vendor.example.evil.invalid/`,
      `https://127.0.0.1%00.cdn.example/`,
    ];
    for (const address of odd) {
      assert.match(
        await refusal(address),
        /not plain https|credentials|not of a public host|readable address|connection failed/,
        address,
      );
    }
    assert.equal(seen, 0);
  });
});
