// node sdk/examples/film.ts "a kitten sees the sea" film.mp4
import { connect } from './connect.ts';

const [prompt = '一只想看海的小猫', file = 'film.mp4'] = process.argv.slice(2);
const client = await connect();

const order = client.films.create({ prompt, sceneCount: 2, characterCount: 1, sceneSeconds: 5 });
for await (const { data } of order.stream()) {
  const { stage = '', done = 0, total = 0 } = data.details;
  console.log(`${'█'.repeat(data.progress / 5).padEnd(20, '░')} ${data.progress} %  ${stage} ${done}/${total}`);
}

const film = await order.wait();
await client.media.save(film.result.mediaId, file);
console.log(`${file}: ${film.result.durationSeconds} seconds for $${(film.result.usage.costMicros / 1e6).toFixed(2)}`);
