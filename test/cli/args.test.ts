import assert from 'node:assert/strict';
import { checkPrompt, type FilmCommand, parseCommand, type ResumeCommand, readText } from '../../src/cli/args.ts';
import { UsageError } from '../../src/cli/mistakes.ts';

function make(...argv: string[]): FilmCommand {
  const command = parseCommand(argv);
  assert.equal(command.kind, 'make');
  return command as FilmCommand;
}

function resume(...argv: string[]): ResumeCommand {
  const command = parseCommand(argv);
  assert.equal(command.kind, 'resume');
  return command as ResumeCommand;
}

const taskId = '01975f2e-8f10-7c3a-9a51-3b1f0c6d2e03';

describe('parseCommand', () => {
  it('fills in what is not said', () => {
    assert.deepEqual(make('一只想看海的小猫'), {
      kind: 'make',
      force: false,
      wishes: {
        prompt: '一只想看海的小猫',
        images: [],
        scenes: 7,
        characters: 2,
        seconds: 10,
        aspect: '16:9',
        language: 'zh',
      },
    });
  });

  it('takes every wish', () => {
    const line = '--scenes 3 --characters 0 --seconds 5 --aspect 9:16 --language en --style watercolour --out a.mp4';
    const { wishes, out, force, url } = make('a cat', ...line.split(' '), '--force', '--url', 'http://host:81/api/v1/');
    assert.deepEqual([wishes.scenes, wishes.characters, wishes.seconds], [3, 0, 5]);
    assert.deepEqual([wishes.aspect, wishes.language, wishes.style], ['9:16', 'en', 'watercolour']);
    assert.deepEqual([out, force, url], ['a.mp4', true, 'http://host:81']);
  });

  it('joins the words of a prompt that was not quoted', () => {
    assert.equal(make('a', 'cat', '--scenes', '2', 'at', 'sea').wishes.prompt, 'a cat at sea');
  });

  it('takes several pictures after one --image, and a prompt after them', () => {
    const { wishes } = make('--image', 'a.jpg', 'b.PNG', 'a cat', '--image', 'c', 'at sea', 'd.webp');
    assert.deepEqual(wishes.images, ['a.jpg', 'b.PNG', 'c']);
    assert.equal(wishes.prompt, 'a cat at sea d.webp');
  });

  it('shows the help whatever else is there', () => {
    assert.deepEqual(parseCommand(['--help']), { kind: 'help' });
    assert.deepEqual(parseCommand(['a cat', '-h', '--scenes', '0']), { kind: 'help' });
  });

  it('goes on with a task, and decides about what is in doubt', () => {
    assert.deepEqual(resume('--resume', taskId.toUpperCase()), { kind: 'resume', taskId, force: false });
    assert.equal(resume('--resume', taskId, '--decide', 'accept_loss').decision, 'accept_loss');
  });

  const mistakes: [string, string[], RegExp][] = [
    ['no prompt', [], /what should the film be about/],
    ['a blank prompt', ['  '], /what should the film be about/],
    ['no scenes', ['x', '--scenes', '0'], /--scenes is a whole number from 1 to 30, not "0"/],
    ['too many scenes', ['x', '--scenes', '31'], /1 to 30/],
    ['half a scene', ['x', '--scenes', '1.5'], /whole number/],
    ['a number in words', ['x', '--characters', 'two'], /0 to 8, not "two"/],
    ['another length', ['x', '--seconds', '7'], /5, 10, 15/],
    ['another shape', ['x', '--aspect', '4:3'], /16:9, 9:16, 1:1/],
    ['another language', ['x', '--language', 'fr'], /zh, en/],
    ['an empty style', ['x', '--style', ' '], /--style is empty/],
    ['an unknown option', ['x', '--colour'], /--colour/],
    ['an option without its value', ['x', '--out'], /--out/],
    ['nine pictures', ['x', '--image', ...Array.from('abcdefghi', (name) => `${name}.png`)], /At most 8/],
    ['a service that is none', ['x', '--url', 'localhost:8080'], /--url is the address/],
    ['a task that is none', ['--resume', '12'], /id of a task/],
    ['a prompt for a film there is', ['x', '--resume', taskId], /as it was ordered/],
    ['wishes for a film there is', ['--scenes', '2', '--resume', taskId], /as it was ordered/],
    ['a decision about nothing', ['x', '--decide', 'retry'], /goes with --resume/],
    ['an unknown decision', ['--resume', taskId, '--decide', 'wait'], /retry, accept_loss/],
  ];
  for (const [what, argv, sentence] of mistakes) {
    it(`refuses ${what} in one sentence of each language`, () => {
      assert.throws(
        () => parseCommand(argv),
        (error) => error instanceof UsageError && sentence.test(error.message) && error.words.zh.length > 3,
      );
    });
  }
});

describe('checkPrompt', () => {
  it('mends line ends and drops a byte order mark', () => {
    assert.equal(checkPrompt('\uFEFFone\r\ntwo\rthree\n'), 'one\ntwo\nthree');
  });

  it('wants something to be seen, in UTF-8', () => {
    assert.throws(() => checkPrompt(' \u202e\u200b\u3164 '), /A prompt is missing/);
    assert.equal(readText(Buffer.from('一只小猫')), '一只小猫');
    assert.throws(() => readText(Buffer.from([0xd2, 0xbb, 0xd6, 0xbb, 0xcf, 0xeb])), /not UTF-8/);
  });

  it('counts characters as a person does', () => {
    assert.equal([...checkPrompt('🎬'.repeat(10_000))].length, 10_000);
    assert.throws(() => checkPrompt('🎬'.repeat(10_001)), /10001 characters/);
  });
});
