import assert from 'node:assert/strict';
import { createEventReader } from '../../sdk/src/sse.ts';

const text = [
  ': a sign of life\n\n',
  'retry: 2000\nid: 1\nevent: task.progress\ndata: {"a":\ndata: "海"}\n\n',
  'id: 2\r\ndata:x\r\n\r\n',
  'id: 3\rdata: y\r\r',
  'id: 4\nevent: empty\n\n',
  'id\ndata\n\n',
].join('');

const whole = [
  { id: '1', event: 'task.progress', data: '{"a":\n"海"}' },
  { id: '2', event: 'message', data: 'x' },
  { id: '3', event: 'message', data: 'y' },
  { id: '4', event: 'empty', data: undefined },
  { id: '', event: 'message', data: '' },
];

describe('the reader of server-sent events', () => {
  it('reads the same events wherever the text is cut', () => {
    for (let size = 1; size <= text.length; size++) {
      const reader = createEventReader();
      const events = [];
      for (let at = 0; at < text.length; at += size) events.push(...reader.read(text.slice(at, at + size)));
      assert.deepEqual(events, whole, `in pieces of ${size}`);
      assert.equal(reader.retryMs, 2000);
    }
  });

  it('keeps to itself an event that is not complete', () => {
    assert.deepEqual(createEventReader().read('id: 9\ndata: half\n'), []);
  });
});
