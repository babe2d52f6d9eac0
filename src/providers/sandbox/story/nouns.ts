import type { PlaceName } from '../art/places/index.ts';
import type { Time, Weather } from '../art/scenery/light.ts';
import type { PropName } from '../words/props.ts';

export type Tongue = 'zh' | 'en';
export type Both = Readonly<Record<Tongue, string>>;
const both = (zh: string, en: string): Both => ({ zh, en });

export interface PlaceNouns {
  /** Where something happens: 屋顶上, "on the rooftop". */
  where: Both;
  /** The place itself: 屋顶, "the rooftop". */
  spot: Both;
  /** How a picture prompt describes it; the painter always recognises it again. */
  picture: string;
}

const place = (zhWhere: string, enWhere: string, zhSpot: string, enSpot: string, picture: string): PlaceNouns => ({
  where: both(zhWhere, enWhere),
  spot: both(zhSpot, enSpot),
  picture,
});

export const placeNouns: Record<PlaceName, PlaceNouns> = {
  beach: place('海边', 'at the seaside', '大海', 'the sea', 'a sandy beach by the sea'),
  harbour: place('港口', 'in the harbour', '港口', 'the harbour', 'a small harbour with a wooden pier'),
  cliff: place('灯塔下', 'under the lighthouse', '灯塔', 'the lighthouse', 'a grassy cliff with a lighthouse'),
  shipDeck: place('甲板上', 'on the ship', '帆船', 'the ship', 'the deck of a sailing ship'),
  underwater: place('海底', 'at the bottom of the sea', '深海', 'the deep sea', 'an underwater coral reef'),
  rooftop: place('屋顶上', 'on the rooftop', '屋顶', 'the rooftop', 'a rooftop above the skyline'),
  street: place('城市的街道上', 'in the city streets', '城市', 'the city', 'a city street with little shops'),
  market: place('热闹的集市里', 'in the busy market', '集市', 'the market', 'a busy market with lanterns'),
  park: place('公园里', 'in the park', '公园', 'the park', 'a park with cherry blossom trees'),
  bridge: place('桥上', 'on the bridge', '长桥', 'the bridge', 'a stone bridge over a wide river'),
  station: place('车站里', 'at the station', '车站', 'the station', 'a small train station'),
  forest: place('森林里', 'in the forest', '森林', 'the forest', 'a deep green forest'),
  mountains: place('群山之间', 'in the mountains', '群山', 'the mountains', 'a mountain meadow under snowy peaks'),
  field: place('花海里', 'in the flower field', '花海', 'the flower field', 'a flower field on rolling hills'),
  desert: place('沙漠里', 'in the desert', '沙漠', 'the desert', 'a desert with golden dunes'),
  snowfield: place('雪原上', 'out on the snow', '雪原', 'the snow', 'a wide snowfield with fir trees'),
  lake: place('湖边', 'by the lake', '湖水', 'the lake', 'a lake among fir trees'),
  cave: place('水晶洞里', 'in the crystal cave', '水晶洞', 'the crystal cave', 'a crystal cave'),
  kitchen: place('厨房里', 'in the kitchen', '厨房', 'the kitchen', 'a cosy kitchen'),
  bedroom: place('小房间里', 'in the little room', '家', 'the little room', 'a bedroom with a big window'),
  library: place('图书馆里', 'in the old library', '图书馆', 'the library', 'an old library full of books'),
  classroom: place('教室里', 'in the classroom', '学校', 'the school', 'a classroom with sunny windows'),
  workshop: place('工坊里', 'in the workshop', '工坊', 'the workshop', 'an inventor workshop full of gears'),
  clouds: place('云海之上', 'above the clouds', '云海', 'the clouds', 'a floating island above the clouds'),
  airshipDeck: place('飞艇上', 'aboard the airship', '飞艇', 'the airship', 'the open airship deck'),
  space: place('月亮上', 'on the moon', '月亮', 'the moon', 'the surface of the moon'),
  mars: place('火星上', 'on Mars', '火星', 'Mars', 'the red surface of Mars'),
  spaceship: place('飞船里', 'aboard the spaceship', '飞船', 'the spaceship', 'a spaceship cockpit'),
  village: place('村庄里', 'in the village', '村庄', 'the village', 'a village with little cottages'),
  castleView: place('城堡前', 'before the castle', '城堡', 'the castle', 'a castle on a green rise'),
  throneRoom: place('王宫大厅里', 'in the great hall', '王宫', 'the great hall', 'a throne room with tall windows'),
  shrine: place('古老的神社里', 'at the old shrine', '神社', 'the shrine', 'an old shrine with a red torii'),
  farm: place('麦田里', 'in the wheat field', '麦田', 'the wheat field', 'a farm with golden wheat'),
};

export const timeNouns: Record<Time, { said: Both; picture: string }> = {
  dawn: { said: both('清晨', 'dawn'), picture: 'at dawn' },
  morning: { said: both('早晨', 'morning'), picture: 'in the morning' },
  noon: { said: both('正午', 'noon'), picture: 'at noon' },
  afternoon: { said: both('午后', 'afternoon'), picture: 'in the afternoon' },
  sunset: { said: both('黄昏', 'dusk'), picture: 'at sunset' },
  night: { said: both('夜里', 'night'), picture: 'at night' },
};

export const weatherNouns: Record<Weather, { said: Both; picture: string }> = {
  clear: { said: both('晴空', 'clear sky'), picture: 'clear sky' },
  cloudy: { said: both('阴云', 'grey sky'), picture: 'cloudy' },
  rain: { said: both('大雨', 'rain'), picture: 'rain' },
  storm: { said: both('暴风雨', 'storm'), picture: 'storm with lightning' },
  snow: { said: both('大雪', 'snow'), picture: 'snow' },
  fog: { said: both('浓雾', 'fog'), picture: 'fog' },
  wind: { said: both('大风', 'wind'), picture: 'windy' },
};

export const propNouns: Record<PropName, Both> = {
  lantern: both('一盏灯笼', 'a lantern'),
  umbrella: both('一把雨伞', 'an umbrella'),
  map: both('一张旧地图', 'an old map'),
  letter: both('一封信', 'a letter'),
  book: both('一本书', 'a book'),
  balloon: both('一只气球', 'a balloon'),
  kite: both('一只风筝', 'a kite'),
  bicycle: both('一辆自行车', 'a bicycle'),
  star: both('一颗星星', 'a star'),
  fish: both('一条小鱼', 'a little fish'),
  cake: both('一块蛋糕', 'a cake'),
  soup: both('一碗热汤', 'a bowl of hot soup'),
  sword: both('一把剑', 'a sword'),
  key: both('一把钥匙', 'a key'),
  flower: both('一束花', 'a bunch of flowers'),
  telescope: both('一架望远镜', 'a telescope'),
  crystal: both('一块水晶', 'a crystal'),
  chest: both('一只宝箱', 'a treasure chest'),
  bottle: both('一只漂流瓶', 'a bottle'),
  candle: both('一支蜡烛', 'a candle'),
  clock: both('一块怀表', 'a pocket watch'),
  gift: both('一份礼物', 'a gift'),
  snowman: both('一个雪人', 'a snowman'),
  campfire: both('一堆篝火', 'a campfire'),
  tent: both('一顶帐篷', 'a tent'),
  guitar: both('一把吉他', 'a guitar'),
  violin: both('一把小提琴', 'a violin'),
  camera: both('一台相机', 'a camera'),
  seagull: both('几只海鸥', 'a flock of seagulls'),
  butterfly: both('几只蝴蝶', 'a few butterflies'),
  whale: both('一头鲸鱼', 'a whale'),
  dolphin: both('一只海豚', 'a dolphin'),
  rocket: both('一枚火箭', 'a rocket'),
  ufo: both('一只飞碟', 'a flying saucer'),
  airship: both('一艘飞艇', 'an airship'),
  hotAirBalloon: both('一只热气球', 'a hot air balloon'),
  paperBoat: both('一只纸船', 'a paper boat'),
  teacup: both('一杯热茶', 'a cup of tea'),
  apple: both('一个苹果', 'an apple'),
  watermelon: both('一个西瓜', 'a watermelon'),
  bread: both('一个面包', 'a loaf of bread'),
  wand: both('一根魔杖', 'a wand'),
  trophy: both('一座奖杯', 'a trophy'),
  ball: both('一个皮球', 'a ball'),
  firework: both('一场烟花', 'fireworks'),
  rainbow: both('一道彩虹', 'a rainbow'),
};
