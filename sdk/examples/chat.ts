// node sdk/examples/chat.ts "make a film of a kitten that wants to see the sea"
import type { ScreenplayResult } from '@directorai/sdk';
import { connect } from './connect.ts';

const [content = '把这个故事拍成短片：一只想看海的小猫'] = process.argv.slice(2);
const client = await connect();

const { id } = await client.conversations.create({ title: content.slice(0, 40) });
let shown = '';
const { metadata } = await client.messages.ask(
  id,
  { content },
  {
    onText(text) {
      process.stdout.write(text.slice(shown.length));
      shown = text;
    },
  },
);
console.log();

if (metadata.taskId) {
  const { result } = await client.tasks.wait<ScreenplayResult>(metadata.taskId);
  const { title, scenes } = await client.screenplays.get(result.screenplayId);
  console.log(`the screenplay is written: ${title}, ${scenes.length} scenes`);
}
