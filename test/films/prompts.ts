import sharp from 'sharp';

/** A film to be made from real input. */
export interface FilmOrder {
  name: string;
  params: Record<string, unknown> & { prompt: string; sceneCount: number };
  pictures?: () => Promise<{ name: string; type: string; bytes: Buffer }[]>;
}

/** 3,000 characters of one story, as somebody would paste it. */
function longPrompt(): string {
  const story =
    '深夜的旧书店里，守店的猫头鹰每翻开一本书，书里的角色就会走出来。今晚走出来的是一个迷路的小机器人，它的口袋里有一张画着灯塔的旧地图。' +
    '它想在天亮之前，把一封没有寄出的信送到海边的灯塔。一路上他们穿过下雨的城市、安静的车站、起雾的森林和落雪的村庄，遇到卖灯笼的老奶奶，' +
    '学会了在害怕的时候一起唱歌。';
  return story.repeat(Math.ceil(3_000 / story.length)).slice(0, 3_000);
}

/** A photograph as a phone takes it: stored on its side, with EXIF that says so. */
async function photograph(): Promise<Buffer> {
  const sea =
    '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><rect width="1200" height="500" fill="#9fd3f0"/><rect y="500" width="1200" height="300" fill="#2f6f9f"/><circle cx="900" cy="180" r="90" fill="#ffe9a8"/><path d="M200 520l60-160 60 160z" fill="#c2452d"/></svg>';
  const upright = await sharp(Buffer.from(sea)).rotate(270).jpeg().toBuffer();
  return sharp(upright)
    .withExif({ IFD0: { Orientation: '6', Artist: 'a person', Model: 'a phone' } })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 88 })
    .toBuffer();
}

/** A cut-out with transparency around it. */
function cutOut(): Promise<Buffer> {
  const cat =
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><ellipse cx="300" cy="380" rx="170" ry="190" fill="#e0a458"/><circle cx="300" cy="200" r="130" fill="#e0a458"/><path d="M190 130l20-110 80 70zM410 130l-20-110-80 70z" fill="#b9783a"/></svg>';
  return sharp(Buffer.from(cat)).png().toBuffer();
}

const common = { sceneSeconds: 5, language: 'zh' };

export const films: FilmOrder[] = [
  {
    name: 'cat',
    params: { ...common, prompt: '一只想看海的小猫，踏上了穿越城市的旅程', sceneCount: 7, sceneSeconds: 10 },
  },
  {
    name: 'chefs',
    params: {
      ...common,
      prompt: 'Two rival chefs must cook together on a storm-tossed airship',
      sceneCount: 5,
      language: 'en',
      render: { aspectRatio: '9:16' },
    },
  },
  { name: 'long', params: { ...common, prompt: longPrompt(), sceneCount: 5 } },
  {
    name: 'photographs',
    params: { ...common, prompt: '照片里的小猫想去照片里的海边', sceneCount: 4 },
    pictures: async () => [
      { name: 'sea.jpg', type: 'image/jpeg', bytes: await photograph() },
      { name: 'cat.png', type: 'image/png', bytes: await cutOut() },
    ],
  },
  {
    name: 'twenty',
    params: { ...common, prompt: '六个朋友在雪国寻找传说中会发光的水晶', sceneCount: 20, characterCount: 6 },
  },
];

/** Ten films at once, of three people. */
export const atOnce: FilmOrder[] = [
  'a robot who learns to paint',
  '会做梦的机器人',
  'a fox carries a letter through the snow',
  '魔女与小龙的面包店',
  'a knight afraid of the dark',
  '太空里的最后一朵花',
  'grandma and the whale',
  '猫头鹰邮差的夏天',
  'a penguin who wants to fly',
  '雨夜里的灯笼集市',
].map((prompt, index) => ({
  name: `at-once-${index}`,
  params: { ...common, prompt, sceneCount: 3, language: /[a-z]/.test(prompt) ? 'en' : 'zh' },
}));
