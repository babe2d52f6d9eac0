import type { Build, Species } from '../art/figure/types.ts';
import type { WordList } from './lexicon.ts';
import { createLexicon } from './lexicon.ts';

const list = {
  cat: ['kitten|kitty|cat|tabby|tomcat|feline', '小猫|猫咪|猫|喵星人'],
  dog: ['puppy|puppies|dog|hound|corgi|shiba', '小狗|狗狗|狗|柴犬|犬'],
  fox: ['fox|vixen', '小狐狸|狐狸|小狐'],
  rabbit: ['rabbit|bunny|bunnies|hare', '小兔子|小白兔|兔子|小兔|白兔|兔'],
  bear: ['bear|teddy', '小熊|棕熊|白熊|熊'],
  panda: ['panda', '小熊猫|大熊猫|熊猫'],
  mouse: ['mouse|mice|hamster|rat', '小老鼠|小仓鼠|老鼠|小鼠|仓鼠'],
  wolf: ['wolf|wolves', '小狼|狼'],
  lion: ['lion', '小狮子|狮子'],
  tiger: ['tiger', '小老虎|老虎|小虎'],
  deer: ['deer|fawn|reindeer|stag', '小鹿|麋鹿|鹿'],
  squirrel: ['squirrel|chipmunk', '小松鼠|松鼠'],
  pig: ['pig|piglet', '小猪|猪'],
  sheep: ['sheep|lamb', '绵羊|小羊|羊'],
  monkey: ['monkey|ape', '小猴子|猴子|小猴|猴'],
  bird: ['bird|sparrow|parrot|chick|duckling|duck', '小鸟|麻雀|鹦鹉|小鸡|小鸭|鸟'],
  owl: ['owl', '小猫头鹰|猫头鹰'],
  penguin: ['penguin', '小企鹅|企鹅'],
  frog: ['frog|toad', '小青蛙|青蛙|小蛙'],
  turtle: ['turtle|tortoise', '小乌龟|小海龟|乌龟|海龟|小龟'],
  fish: ['talking fish|little fish|small fish|goldfish|clownfish|magic fish', '会说话的鱼|小丑鱼|小金鱼|金鱼|小鱼'],
  dragon: ['dragon|dragonling', '小龙|巨龙|飞龙|恐龙|龙'],
  robot: ['robot|android|automaton|machine man', '机器人|机械人'],
  ghost: ['ghost|spirit|phantom', '幽灵|精灵|鬼魂'],
  alien: ['alien|martian', '外星人'],
  chef: ['chef|cook', '厨师|大厨|厨子|主厨'],
  baker: ['baker', '面包师|糕点师'],
  knight: ['knight|warrior|swordsman', '骑士|武士|勇士|战士'],
  witch: ['witch|sorceress|enchantress', '女巫|魔女|巫女'],
  wizard: ['wizard|sorcerer|magician|mage', '巫师|魔法师|法师|魔术师'],
  princess: ['princess|queen', '公主|女王|皇后'],
  prince: ['prince|king', '王子|国王|皇帝'],
  astronaut: ['astronaut|cosmonaut|spaceman', '宇航员|航天员|太空人'],
  pilot: ['pilot|aviator', '飞行员'],
  captain: ['captain|sailor|pirate', '船长|水手|海盗'],
  fisher: ['fisherman|fisher', '渔夫|渔民'],
  inventor: ['inventor|scientist|engineer|professor|mechanic', '发明家|科学家|工程师|博士|教授'],
  detective: ['detective|sleuth|spy', '侦探|特工'],
  artist: ['painter|artist|illustrator', '画家|画师'],
  musician: ['musician|singer|violinist|pianist|guitarist|bard', '音乐家|歌手|琴师|乐手'],
  teacher: ['teacher', '老师|教师'],
  doctor: ['doctor|nurse', '医生|护士'],
  farmer: ['farmer|gardener|shepherd', '农夫|农民|园丁|牧羊人'],
  courier: ['courier|postman|mailman|messenger|delivery rider', '邮递员|信使|快递员|外卖员'],
  keeper: ['lighthouse keeper|keeper|innkeeper|guardian', '守塔人|守护者|守护人|看守人|守灯人'],
  ninja: ['ninja', '忍者'],
  student: ['student|schoolgirl|schoolboy|pupil', '学生|高中生|同学'],
  grandma: ['grandmother|grandma|granny|old woman|old lady', '奶奶|外婆|姥姥|老婆婆|婆婆'],
  grandpa: ['grandfather|grandpa|old man|elder', '爷爷|外公|姥爷|老爷爷|老人|老头'],
  fairy: ['fairy|elf|pixie|angel', '仙女|仙子|天使'],
  girl: ['girl|granddaughter|daughter|sister', '女孩|少女|姑娘|小妹|妹妹|姐姐|女儿'],
  boy: ['boy|grandson|son|brother|kid|child|children', '男孩|少年|小伙|弟弟|哥哥|儿子|小朋友|孩子|小孩|儿童'],
  woman: ['woman|women|lady|mother|mom|mum|aunt', '女人|女士|妈妈|母亲|阿姨'],
  man: ['man|men|gentleman|father|dad|uncle|guy', '男人|先生|爸爸|父亲|叔叔|大叔'],
} satisfies WordList<string>;

export type CastId = keyof typeof list;
export const castWords = createLexicon<CastId>(list);

export interface Role {
  species: Species;
  build: Build;
  /** What the role is called in a description and in narration. */
  en: string;
  zh: string;
  /** How many Chinese of them are counted: 一只, 一位, 一个. */
  counter: string;
}

const animal = (species: Species, en: string, zh: string, build: Build = 'small'): Role => ({
  species,
  build,
  en,
  zh,
  counter: '只',
});
const person = (en: string, zh: string, build: Build = 'adult', counter = '位'): Role => ({
  species: 'human',
  build,
  en,
  zh,
  counter,
});

export const roles: Record<CastId, Role> = {
  cat: animal('cat', 'kitten', '小猫'),
  dog: animal('dog', 'puppy', '小狗'),
  fox: animal('fox', 'fox', '小狐狸'),
  rabbit: animal('rabbit', 'rabbit', '小兔子'),
  bear: animal('bear', 'bear', '小熊', 'big'),
  panda: animal('panda', 'panda', '熊猫', 'big'),
  mouse: animal('mouse', 'mouse', '小老鼠'),
  wolf: animal('wolf', 'wolf', '小狼'),
  lion: animal('lion', 'lion', '狮子', 'big'),
  tiger: animal('tiger', 'tiger', '小老虎'),
  deer: animal('deer', 'deer', '小鹿'),
  squirrel: animal('squirrel', 'squirrel', '小松鼠'),
  pig: animal('pig', 'piglet', '小猪'),
  sheep: animal('sheep', 'lamb', '小羊'),
  monkey: animal('monkey', 'monkey', '小猴子'),
  bird: animal('bird', 'bird', '小鸟'),
  owl: animal('owl', 'owl', '猫头鹰'),
  penguin: animal('penguin', 'penguin', '小企鹅'),
  frog: animal('frog', 'frog', '青蛙'),
  turtle: animal('turtle', 'turtle', '小海龟'),
  fish: { ...animal('fish', 'fish', '小鱼'), counter: '条' },
  dragon: { ...animal('dragon', 'dragon', '小龙'), counter: '条' },
  robot: { ...animal('robot', 'robot', '机器人'), counter: '个' },
  ghost: { ...animal('ghost', 'ghost', '小精灵'), counter: '个' },
  alien: { ...animal('alien', 'alien', '外星人'), counter: '个' },
  chef: person('chef', '厨师'),
  baker: person('baker', '面包师'),
  knight: person('knight', '骑士'),
  witch: person('witch', '魔女', 'child'),
  wizard: person('wizard', '魔法师', 'elder'),
  princess: person('princess', '公主', 'child'),
  prince: person('prince', '王子', 'child'),
  astronaut: person('astronaut', '宇航员'),
  pilot: person('pilot', '飞行员'),
  captain: person('captain', '船长'),
  fisher: person('fisherman', '渔夫'),
  inventor: person('inventor', '发明家'),
  detective: person('detective', '侦探'),
  artist: person('painter', '画家'),
  musician: person('musician', '音乐家'),
  teacher: person('teacher', '老师'),
  doctor: person('doctor', '医生'),
  farmer: person('farmer', '农夫'),
  courier: person('courier', '邮递员'),
  keeper: person('keeper', '守塔人'),
  ninja: person('ninja', '忍者', 'child'),
  student: person('student', '学生', 'child', '名'),
  grandma: person('grandma', '奶奶', 'elder'),
  grandpa: person('grandpa', '爷爷', 'elder'),
  fairy: person('fairy', '仙子', 'child'),
  girl: person('girl', '女孩', 'child', '个'),
  boy: person('boy', '男孩', 'child', '个'),
  woman: person('woman', '女士'),
  man: person('man', '先生'),
};

export const feminine: readonly CastId[] = ['witch', 'princess', 'grandma', 'fairy', 'girl', 'woman', 'teacher'];
