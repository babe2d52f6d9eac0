// node sdk/examples/chat.ts "make a film of a kitten that wants to see the sea"
import { connect } from './connect.ts';

const [content = '把这个故事拍成短片：一只想看海的小猫'] = process.argv.slice(2);
const client = await connect();

const { id } = await client.conversations.create({ title: content.slice(0, 40) });
const answer = await client.messages.ask(id, { content }, { onText: (text) => console.log(`… ${text.slice(-60)}`) });
console.log(answer.content);
if (answer.metadata.taskId) {
  const { result } = await client.tasks.wait(answer.metadata.taskId);
  console.log('the screenplay is written:', result);
}
