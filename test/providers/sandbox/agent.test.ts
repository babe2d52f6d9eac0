import assert from 'node:assert/strict';
import { filmMark } from '../../../src/film/agentPrompts.ts';
import { filmNote } from '../../../src/film/seenFilm.ts';
import { agentReply } from '../../../src/providers/sandbox/story/agent.ts';
import { readIdea } from '../../../src/providers/sandbox/story/idea.ts';
import { withoutRequest } from '../../../src/providers/sandbox/story/request.ts';

describe('the sandbox’s agent', () => {
  const rules = { role: 'system', text: `rules ${filmMark}` } as const;

  it('takes the idea out of what asks for a film', () => {
    for (const [said, idea] of [
      ['Please make a film about a fox in the rain', 'A fox in the rain'],
      ['please create a short anime film of two rival chefs', 'Two rival chefs'],
      ['Could you make me a movie: a lighthouse falls in love', 'A lighthouse falls in love'],
      ['Make the film now, please.', ''],
      ['请拍一部关于小猫看海的短片', '小猫看海的短片'],
      ['A baker makes a film about bread', 'A baker makes a film about bread'],
      ['make the film', ''],
    ] as const)
      assert.equal(withoutRequest(said), idea);
    assert.doesNotMatch(readIdea('Please make a film about zebras').goal.said.en, /make a film/i);
    const users = ['A fox in the rain', 'Make a film about it with 3 scenes'].map(
      (text) => ({ role: 'user', text }) as const,
    );
    const decision = agentReply([rules, ...users]) ?? '';
    assert.match(decision, /"prompt":"A fox in the rain\\nIt with 3 scenes","scene_count":3/);
  });

  it('speaks of a scene of the film that is looked at, and starts none', () => {
    const scene = { sceneId: 2, narration: 'The fox sleeps.', imagePrompt: 'a fox', videoPrompt: 'slow' };
    const scenes = [{ ...scene, image: 'current', video: 'current' } as const];
    const note = filmNote({ title: 'Fox', status: 'completed', film: 'current', scenes });
    const seen = { role: 'system', text: `${rules.text}\n\n${note}` } as const;
    const answer = agentReply([seen, { role: 'user', text: 'Make scene 2 of the film darker' }]) ?? '';
    assert.match(answer, /^Scene 2 now says: “The fox sleeps\.”.*New picture and write: a fox/);
    assert.doesNotMatch(answer, /<<<FILM/);
  });
});
