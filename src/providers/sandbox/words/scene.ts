import type { Expression, PoseName } from '../art/figure/types.ts';
import type { PlaceName } from '../art/places/index.ts';
import type { Time, Weather } from '../art/scenery/light.ts';
import type { Lexicon, WordList } from './lexicon.ts';
import { createLexicon } from './lexicon.ts';

const placeList: WordList<PlaceName> = {
  beach: ['beach|seaside|seashore|shore|sea|ocean|coast|sand|island|bay', '海边|沙滩|海滩|大海|海岸|海洋|海|岛'],
  harbour: ['harbour|harbor|pier|dock|port|quay|jetty|marina', '码头|港口|海港|港湾|栈桥'],
  cliff: ['lighthouse|cliff|headland|cape point', '灯塔|悬崖|海崖'],
  shipDeck: ['ship deck|deck of a ship|sailing ship|ship|boat deck|sailboat', '甲板|帆船|轮船|船上|船'],
  underwater: ['underwater|coral reef|under the sea|seabed|ocean floor|reef|deep sea', '海底|水下|珊瑚|深海'],
  rooftop: ['rooftop|roof top|roof|skyline|balcony', '屋顶|天台|楼顶|阳台|天际线'],
  street: [
    'street|city|town|downtown|alley|avenue|road|neighborhood|neighbourhood|metropolis|sidewalk|crossing|shop',
    '城市|街道|街头|大街|小巷|巷子|马路|都市|城里|城镇|街|路口',
  ],
  market: ['market|bazaar|fair|festival|street stall|night market', '市场|集市|夜市|庙会|庆典|节日'],
  park: ['park|garden|playground|orchard|cherry blossom', '公园|花园|樱花|果园|庭院'],
  bridge: ['bridge|riverside|riverbank|canal|river', '桥|河边|江边|河岸|运河|河流|大河|小河'],
  station: ['train station|station|platform|railway|train|subway|bus stop|bus', '火车站|车站|站台|地铁|火车|列车|公交'],
  forest: ['forest|woods|woodland|jungle|grove|trees|rainforest', '森林|树林|丛林|密林|林间|林'],
  mountains: [
    'mountain|mountainside|peak|summit|hill|valley|alps|canyon|mountain pass',
    '高山|雪山|山顶|山峰|山谷|山坡|山路|群山|山脉|山|峡谷',
  ],
  field: [
    'field|meadow|grassland|prairie|flower field|plain|hillside|steppe',
    '草原|草地|花海|花田|原野|田野|草坪|山丘',
  ],
  desert: ['desert|dune|oasis|wasteland', '沙漠|荒漠|沙丘|绿洲|戈壁'],
  snowfield: [
    'snowfield|snowy field|snowy plain|tundra|ice field|arctic|antarctic|north pole|glacier|frozen',
    '雪地|雪原|冰原|冰川|北极|南极|冰天雪地',
  ],
  lake: ['lake|lakeside|pond|lakeshore', '湖边|湖畔|湖泊|湖|池塘'],
  cave: ['cave|cavern|crystal cave|tunnel|mine|underground', '山洞|洞穴|洞窟|隧道|矿洞|地下'],
  kitchen: [
    'kitchen|galley|restaurant|bakery|cafe|café|coffee shop|coffee house|cooking|tavern|ramen shop',
    '厨房|餐厅|饭店|面馆|面包店|咖啡馆|咖啡店|食堂',
  ],
  bedroom: [
    'bedroom|room|home|house|living room|attic|apartment|bed|window seat|windowsill',
    '卧室|房间|家里|家中|客厅|阁楼|窗台|窗边|家|床',
  ],
  library: ['library|bookshop|bookstore|archive|study', '图书馆|书店|书房|档案室'],
  classroom: ['classroom|school|academy|campus', '教室|学校|校园|学院|课堂'],
  workshop: ['workshop|laboratory|lab|garage|factory|studio|workbench', '工坊|实验室|车间|工厂|工作室|车库'],
  clouds: [
    'above the clouds|sea of clouds|floating island|cloud|heaven|sky island|sky',
    '云海|云端|云上|浮空岛|天空之城|天空|空中|云',
  ],
  airshipDeck: ['airship deck|airship|zeppelin|blimp|flying ship|hot air balloon ride', '飞艇|飞船甲板|空艇|飞空艇'],
  space: [
    'moon surface|surface of the moon|outer space|space|galaxy|universe|planet|moon|star field|asteroid|cosmos',
    '太空|宇宙|月球|星球|银河|星际|外太空',
  ],
  mars: ['mars|red planet', '火星'],
  spaceship: [
    'spaceship|space station|starship|cockpit|spacecraft|rocket cabin',
    '太空船|宇宙飞船|飞船|空间站|驾驶舱|太空舱',
  ],
  village: ['village|hamlet|cottage|countryside|small town', '村庄|村子|小镇|乡村|山村|村落|村口|村'],
  castleView: ['castle|palace|kingdom|fortress|tower', '城堡|宫殿|王国|高塔|皇宫'],
  throneRoom: ['throne room|great hall|ballroom|hall', '王座|大殿|大厅|宴会厅'],
  shrine: ['shrine|temple|torii|pagoda', '神社|寺庙|庙|鸟居|古寺'],
  farm: ['farm|wheat field|rice field|ranch|crop|barn', '农场|麦田|稻田|牧场|农田|田间'],
};
const placeLexicon = createLexicon<PlaceName>(placeList);
/** 一家 counts shops and is no home. */
export const placeWords: Lexicon<PlaceName> = (text) => placeLexicon(text.replaceAll(/(?<=[一两三几这那每])家/g, '〇'));

export const timeWords = createLexicon<Time>({
  dawn: ['dawn|sunrise|daybreak|first light', '黎明|日出|破晓|清晨|拂晓'],
  morning: ['morning|early light', '早晨|早上|上午'],
  noon: ['noon|midday|bright day|daytime', '正午|中午|白天'],
  afternoon: ['afternoon|golden hour|late light', '下午|午后'],
  sunset: ['sunset|dusk|evening|twilight', '日落|黄昏|傍晚|夕阳|晚霞'],
  night: ['night|midnight|moonlight|moonlit|starry|starlight', '夜晚|夜里|深夜|午夜|月光|星空|夜空|晚上|夜'],
});

export const weatherWords = createLexicon<Weather>({
  storm: [
    'storm|stormy|storm tossed|thunder|thunderstorm|lightning|tempest|hurricane|typhoon',
    '暴风雨|雷雨|雷电|闪电|风暴|台风|狂风暴雨|打雷',
  ],
  rain: ['rain|rainy|raining|drizzle|downpour', '下雨|雨天|细雨|大雨|小雨|雨夜|雨'],
  snow: ['snow|snowy|snowing|snowfall|blizzard', '下雪|雪天|大雪|飘雪|雪花|暴雪|雪'],
  fog: ['fog|foggy|mist|misty|haze', '大雾|迷雾|薄雾|雾'],
  wind: ['wind|windy|breeze|gale', '大风|微风|狂风|风吹'],
  cloudy: ['cloudy|overcast|grey sky|gray sky', '阴天|多云'],
  clear: ['clear sky|sunny|sunshine|clear', '晴朗|晴天|阳光'],
});

export const poseWords = createLexicon<PoseName>({
  run: ['running|run|rushing|sprinting|chasing|fleeing|racing', '奔跑|跑|追|冲'],
  walk: ['walking|walk|strolling|wandering|travelling|traveling|marching|stepping|hiking', '走|散步|前行|踏上|徒步'],
  wave: ['waving|wave goodbye|greeting', '挥手|告别|打招呼'],
  point: ['pointing|point at', '指着|指向'],
  cheer: ['cheering|celebrating|arms raised|arms up|victory|dancing', '欢呼|庆祝|举起双手|跳舞'],
  reach: ['reaching|reaches out|stretching', '伸手|够到'],
  hold: ['holding|carrying|offering|hugging a', '捧着|拿着|抱着|端着'],
  think: ['thinking|wondering|pondering|studying', '思考|沉思|琢磨'],
  sit: ['sitting|seated|resting|sits', '坐着|坐在|休息|坐'],
  shiver: ['shivering|huddling|trembling|cold', '发抖|蜷缩|瑟瑟'],
  jump: ['jumping|leaping|jump', '跳起|跳跃|跃'],
  hug: ['hugging|embracing', '拥抱'],
  bow: ['bowing|bending down|searching', '鞠躬|弯腰'],
  stand: ['standing|stands|looking|gazing', '站着|站在|望着|看着'],
});

export const expressionWords = createLexicon<Expression>({
  joy: ['joyful|laughing|happy|delighted|overjoyed|cheerful|proud', '开心|高兴|快乐|大笑|欢喜'],
  smile: ['smiling|gentle smile|hopeful|warm|content', '微笑|温暖|期待'],
  sad: ['sad|crying|tearful|lonely|heartbroken', '伤心|哭|难过|孤独|悲伤'],
  worried: ['worried|nervous|anxious|scared|afraid|uneasy', '担心|紧张|害怕|不安'],
  determined: ['determined|brave|resolute|focused|serious', '坚定|勇敢|决心|认真'],
  surprised: ['surprised|astonished|amazed|wide eyed|in awe', '惊讶|吃惊|惊奇|震惊'],
  angry: ['angry|furious|arguing|rival', '生气|愤怒|争吵'],
  closed: ['sleeping|eyes closed|peaceful', '睡着|闭上眼睛|安睡'],
  calm: ['calm|quiet|thoughtful', '平静|安静'],
});

export type Shot = 'close' | 'medium' | 'wide' | 'behind';
export const shotWords = createLexicon<Shot>({
  behind: ['from behind|back view|seen from the back|back to us', '背影|背对'],
  close: ['close up|closeup|portrait shot', '特写|近景'],
  wide: ['wide shot|establishing shot|panorama|long shot|extreme wide', '远景|全景|大远景'],
  medium: ['medium shot|mid shot|two shot|full shot|low angle', '中景'],
});
