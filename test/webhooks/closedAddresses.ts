const targets = [
  '127.0.0.1',
  '10.0.0.1',
  '172.16.31.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '198.18.0.1',
];

const fullWidth = (text: string): string =>
  text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit))).replaceAll('.', '\u3002');

/** One private address in every spelling that some client reads as it. */
function spellingsOf(address: string): string[] {
  const parts = address.split('.').map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const high = (a * 256 + b).toString(16);
  const low = (c * 256 + d).toString(16);
  return [
    address,
    `${address}.`,
    `${whole}`,
    `0x${whole.toString(16)}`,
    `0${whole.toString(8)}`,
    parts.map((part) => `0x${part.toString(16)}`).join('.'),
    parts.map((part) => `0${part.toString(8)}`).join('.'),
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `0x${a.toString(16)}.${b}.0${c.toString(8)}.${d}`,
    address.replaceAll('.', '%2e'),
    fullWidth(address),
    `[::ffff:${address}]`,
    `[::ffff:${high}:${low}]`,
    `[0:0:0:0:0:FFFF:${high}:${low}]`,
    `[::${address}]`,
    `[::ffff:0:${address}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b:1::${address}]`,
    `[2002:${high}:${low}::1]`,
  ];
}

const hosts = [
  ...[
    '255.255.255.255',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '192.0.0.8',
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.9',
  ],
  ...[
    '192.88.99.1',
    '192.31.196.1',
    '192.52.193.1',
    '192.175.48.1',
    '198.19.255.255',
    '100.127.255.254',
    '172.31.255.255',
  ],
  ...[
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::2]',
    '[fe80::1]',
    '[febf::1]',
    '[fec0::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
  ],
  ...[
    '[ff02::1]',
    '[ff0e::1]',
    '[100::1]',
    '[2001::1]',
    '[2001:2::1]',
    '[2001:10::1]',
    '[2001:20::1]',
    '[2001:db8::1]',
    '[3fff::1]',
  ],
  ...['[5f00::1]', '[2620:4f:8000::1]', '[4000::1]', '[fe80::1%25eth0]', '[2002:7f00:1::]', '[2001:0:7f00:1::1]'],
  ...[
    'localhost',
    'LOCALHOST',
    'localhost.',
    'a.localhost',
    'localhost.localdomain',
    'metadata.google.internal',
    'metadata',
  ],
  ...[
    'printer.local',
    'router.lan',
    'nas.home',
    'nas.home.arpa',
    'db.corp',
    'intranet',
    'x.test',
    'x.invalid',
    'x.onion',
    '\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3',
  ],
];

const whole = [
  ...[
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'javascript:alert(1)',
    'ws://example.com/',
  ],
  ...['//example.com/', '/hook', 'example.com', '', 'https://', 'https:///', 'https://?', 'https://exa mple.com/'],
  ...['https://example.com:8443/', 'https://example.com:22/', 'https://example.com:80/', 'https://example.com:65536/'],
  ...[
    'https://user@example.com/',
    'https://user:word@example.com/',
    'https://:word@example.com/',
    'https://example.com@127.0.0.1/',
  ],
  ...[
    'https://127.0.0.1\\@example.com/',
    'https://127.0.0.1#@example.com/',
    'https://example.com/#fragment',
    'https://example.com/#',
  ],
  ...[
    'https://127.0.0.1:443/',
    'https:127.0.0.1',
    'https:\\\\127.0.0.1\\',
    'https://127.0.0.1?.example.com/',
    'https://1/',
    'https://0/',
  ],
  `https://example.com/${'a'.repeat(3000)}`,
];

/** Addresses that events must never be sent to. */
export const closedAddresses: string[] = [...targets.flatMap(spellingsOf), ...hosts]
  .map((host) => `https://${host}/`)
  .concat(whole);

export const openAddresses = [
  'https://example.com/',
  'https://hooks.example.com:443/a?b=c',
  'https://example.com./x',
  'https://8.8.8.8/',
  'https://172.32.0.1/',
  'https://[2606:4700:4700::1111]/hook',
  'https://b\u00fccher.example.com/',
];
