import type { PlaceName } from '../art/places/index.ts';
import type { Time, Weather } from '../art/scenery/light.ts';
import type { PropName } from '../words/props.ts';

export type Tongue = 'zh' | 'en';
export type Both = Readonly<Record<Tongue, string>>;
const both = (zh: string, en: string): Both => ({ zh, en });

/** A place as narration calls it, as a title calls it, and as a picture prompt describes it (always recognised again by the painter). */
export const placeNouns: Record<PlaceName, { said: Both; title: Both; picture: string }> = {
  beach: { said: both('海边', 'the seaside'), title: both('大海', 'the Sea'), picture: 'a sandy beach by the sea' },
  harbour: {
    said: both('港口', 'the harbour'),
    title: both('港口', 'the Harbour'),
    picture: 'a small harbour with a wooden pier',
  },
  cliff: {
    said: both('灯塔下', 'the lighthouse'),
    title: both('灯塔', 'the Lighthouse'),
    picture: 'a grassy cliff with a lighthouse',
  },
  shipDeck: {
    said: both('甲板上', 'the ship'),
    title: both('帆船', 'the Ship'),
    picture: 'the deck of a sailing ship',
  },
  underwater: {
    said: both('海底', 'the deep sea'),
    title: both('深海', 'the Deep Sea'),
    picture: 'an underwater coral reef',
  },
  rooftop: {
    said: both('屋顶上', 'the rooftop'),
    title: both('屋顶', 'the Rooftop'),
    picture: 'a rooftop above the skyline',
  },
  street: {
    said: both('城市的街道', 'the city streets'),
    title: both('城市', 'the City'),
    picture: 'a city street with little shops',
  },
  market: {
    said: both('热闹的集市', 'the market'),
    title: both('集市', 'the Market'),
    picture: 'a busy market with lanterns',
  },
  park: {
    said: both('公园', 'the park'),
    title: both('公园', 'the Park'),
    picture: 'a park with cherry blossom trees',
  },
  bridge: {
    said: both('桥上', 'the bridge'),
    title: both('长桥', 'the Bridge'),
    picture: 'a stone bridge over a wide river',
  },
  station: { said: both('车站', 'the station'), title: both('车站', 'the Station'), picture: 'a small train station' },
  forest: { said: both('森林', 'the forest'), title: both('森林', 'the Forest'), picture: 'a deep green forest' },
  mountains: {
    said: both('群山', 'the mountains'),
    title: both('群山', 'the Mountains'),
    picture: 'a mountain meadow under snowy peaks',
  },
  field: {
    said: both('花海', 'the flower field'),
    title: both('原野', 'the Meadow'),
    picture: 'a flower field on rolling hills',
  },
  desert: {
    said: both('沙漠', 'the desert'),
    title: both('沙漠', 'the Desert'),
    picture: 'a desert with golden dunes',
  },
  snowfield: {
    said: both('雪原', 'the snowfield'),
    title: both('雪原', 'the Snow'),
    picture: 'a wide snowfield with fir trees',
  },
  lake: { said: both('湖边', 'the lake'), title: both('湖', 'the Lake'), picture: 'a lake among fir trees' },
  cave: { said: both('水晶洞', 'the crystal cave'), title: both('山洞', 'the Cave'), picture: 'a crystal cave' },
  kitchen: { said: both('厨房', 'the kitchen'), title: both('厨房', 'the Kitchen'), picture: 'a cosy kitchen' },
  bedroom: {
    said: both('小房间', 'the little room'),
    title: both('家', 'Home'),
    picture: 'a bedroom with a big window',
  },
  library: {
    said: both('图书馆', 'the library'),
    title: both('图书馆', 'the Library'),
    picture: 'an old library full of books',
  },
  classroom: {
    said: both('教室', 'the classroom'),
    title: both('学校', 'the School'),
    picture: 'a classroom with sunny windows',
  },
  workshop: {
    said: both('工坊', 'the workshop'),
    title: both('工坊', 'the Workshop'),
    picture: 'an inventor workshop full of gears',
  },
  clouds: {
    said: both('云海之上', 'the sea of clouds'),
    title: both('天空', 'the Sky'),
    picture: 'a floating island above the clouds',
  },
  airshipDeck: {
    said: both('飞艇上', 'the airship'),
    title: both('飞艇', 'the Airship'),
    picture: 'the open airship deck',
  },
  space: { said: both('月亮上', 'the moon'), title: both('星空', 'the Stars'), picture: 'the surface of the moon' },
  spaceship: {
    said: both('飞船里', 'the spaceship'),
    title: both('飞船', 'the Spaceship'),
    picture: 'a spaceship cockpit',
  },
  village: {
    said: both('村庄', 'the village'),
    title: both('村庄', 'the Village'),
    picture: 'a village with little cottages',
  },
  castleView: {
    said: both('城堡前', 'the castle'),
    title: both('城堡', 'the Castle'),
    picture: 'a castle on a green rise',
  },
  throneRoom: {
    said: both('王宫大厅', 'the great hall'),
    title: both('王宫', 'the Palace'),
    picture: 'a throne room with tall windows',
  },
  shrine: {
    said: both('古老的神社', 'the old shrine'),
    title: both('神社', 'the Shrine'),
    picture: 'an old shrine with a red torii',
  },
  farm: { said: both('麦田', 'the wheat field'), title: both('麦田', 'the Farm'), picture: 'a farm with golden wheat' },
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
  bread: both('一个面包', 'a loaf of bread'),
  wand: both('一根魔杖', 'a wand'),
  trophy: both('一座奖杯', 'a trophy'),
  ball: both('一个皮球', 'a ball'),
  firework: both('一场烟花', 'fireworks'),
  rainbow: both('一道彩虹', 'a rainbow'),
};
