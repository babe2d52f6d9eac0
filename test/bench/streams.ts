import type { Bench } from './kit/figure.ts';
import { commitRate } from './streams/commitRate.ts';
import { crowd } from './streams/crowd.ts';
import { fanOut } from './streams/fanOut.ts';
import { openGround } from './streams/ground.ts';
import { latency } from './streams/latency.ts';

export const streams: Bench = {
  name: 'streams',
  about: 'events to many clients by SSE and WebSocket, beside bare loops; lag, memory, and a storm of reconnects',
  async run(stage) {
    const ground = await openGround(stage);
    const figures = [];
    for (const part of [latency, fanOut, commitRate, crowd]) figures.push(...(await part(ground)));
    return figures;
  },
};
