// node sdk/examples/screenplay.ts "a fox learns to skate"
import { connect } from './connect.ts';

const [prompt = 'a fox learns to skate'] = process.argv.slice(2);
const client = await connect();

const written = await client.screenplays.create({ prompt, sceneCount: 3, sceneSeconds: 5, language: 'en' }).wait();
const { screenplayId } = written.result;
const { title, scenes, characterSheets } = await client.screenplays.get(screenplayId);
console.log(`\n${title}\n`);
for (const { name, description } of characterSheets) console.log(`  ${name}: ${description}`);
for (const { sceneId, narration } of scenes) console.log(`${sceneId}. ${narration}`);

const last = scenes.at(-1);
if (last) await client.scenes.update(screenplayId, last.id, { narration: 'And the lake held.' });
await client.screenplays.confirm(screenplayId);

const film = await client.films.create({ screenplayId }).wait();
console.log(`\nThe film, with another end: ${film.result.url}`);
