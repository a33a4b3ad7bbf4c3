// The shipped tree of elements: what a home and its surroundings are made of. Data; a developer edits its own copy.
import type { ProblemFamily } from './problem-families.ts';

/** Leaves have a family of problems, groups have children; months of warranty hold for all below that say nothing else. */
export interface ElementSeed {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly warrantyMonths: number | null;
  readonly family: ProblemFamily | null;
  readonly children: readonly ElementSeed[];
}

const leaf = (
  id: string,
  zh: string,
  en: string,
  family: ProblemFamily,
  warrantyMonths: number | null = null,
): ElementSeed => ({ id, zh, en, family, warrantyMonths, children: [] });

const group = (
  id: string,
  zh: string,
  en: string,
  warrantyMonths: number | null,
  children: readonly ElementSeed[],
): ElementSeed => ({ id, zh, en, family: null, warrantyMonths, children });

/**
 * Months from hand-over as the Chinese rules for building quality set them at least: waterproofing 60, pipes, wiring,
 * equipment and finishes 24, heating two seasons; lamps half a year, as developers' quality certificates have it.
 */
export const elementTree: readonly ElementSeed[] = [
  leaf('ceiling', '天花', 'Ceiling', 'ceiling', 24),
  group('wall', '墙面', 'Walls', 24, [
    leaf('wall-paint', '涂料墙面', 'Painted wall', 'wall'),
    leaf('wall-paper', '墙纸墙面', 'Papered wall', 'paper'),
    leaf('wall-outer', '外墙内侧', 'Inside of outer wall', 'outerWall', 60),
    leaf('wall-tile', '墙砖', 'Wall tiles', 'wallTile'),
  ]),
  group('floor', '地面', 'Floor', 24, [
    leaf('floor-tile', '地砖', 'Floor tiles', 'floorTile'),
    leaf('floor-wood', '木地板', 'Wooden floor', 'woodFloor'),
    leaf('skirting', '踢脚线', 'Skirting', 'skirting'),
    leaf('threshold', '门槛石', 'Threshold', 'stone'),
  ]),
  group('door', '门', 'Doors', 24, [
    leaf('door-entrance', '入户门', 'Front door', 'frontDoor'),
    leaf('door-room', '房间门', 'Room door', 'door'),
    leaf('door-sliding', '推拉门', 'Sliding door', 'slidingDoor'),
  ]),
  group('window', '窗', 'Windows', 24, [
    leaf('window-casement', '平开窗', 'Casement window', 'window'),
    leaf('window-sliding', '推拉窗', 'Sliding window', 'window'),
    leaf('window-bay', '飘窗', 'Bay window', 'window'),
    leaf('window-screen', '纱窗', 'Insect screen', 'screen'),
  ]),
  group('water', '给排水', 'Water and drains', 24, [
    leaf('supply-cold', '冷水管', 'Cold water pipe', 'supply'),
    leaf('supply-hot', '热水管', 'Hot water pipe', 'supply'),
    leaf('water-meter', '水表阀门', 'Water meter and valve', 'meter'),
    leaf('drain-stack', '下水管', 'Waste pipe', 'drain'),
    leaf('drain-floor', '地漏', 'Floor drain', 'floorDrain'),
    leaf('drain-condensate', '空调冷凝管', 'Condensate pipe', 'condensate'),
  ]),
  leaf('waterproof', '防水层', 'Waterproofing', 'waterproof', 60),
  group('sanitary', '洁具', 'Sanitary ware', 24, [
    leaf('toilet', '坐便器', 'Toilet', 'toilet'),
    leaf('basin', '洗手盆', 'Basin', 'basin'),
    leaf('shower', '淋浴', 'Shower', 'shower'),
    leaf('bathtub', '浴缸', 'Bathtub', 'basin'),
    leaf('tap', '龙头', 'Tap', 'tap'),
    leaf('bath-fittings', '五金挂件', 'Rails and hooks', 'fittings'),
  ]),
  group('power', '强电', 'Electricity', 24, [
    leaf('socket', '插座开关', 'Sockets and switches', 'socket'),
    leaf('fuse-box', '配电箱', 'Distribution box', 'fuseBox'),
    leaf('lamp', '灯具', 'Lamps', 'lamp', 6),
  ]),
  group('signal', '弱电', 'Network and intercom', 24, [
    leaf('intercom', '可视对讲', 'Video intercom', 'intercom'),
    leaf('network', '网络箱', 'Network box', 'network'),
    leaf('television', '电视插口', 'Television socket', 'network'),
    leaf('alarm', '报警器', 'Alarm', 'alarm'),
  ]),
  group('heating', '供暖', 'Heating', 24, [
    leaf('radiator', '暖气片', 'Radiator', 'heating'),
    leaf('floor-heating', '地暖', 'Floor heating', 'heating'),
    leaf('boiler', '壁挂炉', 'Wall boiler', 'boiler'),
  ]),
  group('appliance', '配套设备', 'Fitted equipment', 24, [
    leaf('hood', '抽油烟机', 'Cooker hood', 'hood'),
    leaf('stove', '灶具', 'Hob', 'stove'),
    leaf('heater', '热水器', 'Water heater', 'heater'),
    leaf('ventilation', '新风', 'Fresh-air system', 'ventilation'),
    leaf('aircon', '空调', 'Air conditioning', 'aircon'),
  ]),
  leaf('gas', '燃气', 'Gas', 'gas', 24),
  group('cabinet', '柜体', 'Cabinets', 24, [
    leaf('cabinet-kitchen', '橱柜', 'Kitchen cabinets', 'cabinet'),
    leaf('cabinet-wardrobe', '衣柜', 'Wardrobe', 'cabinet'),
    leaf('cabinet-bath', '浴室柜', 'Bathroom cabinet', 'cabinet'),
    leaf('worktop', '台面', 'Worktop', 'stone'),
  ]),
  leaf('railing', '栏杆', 'Railing', 'railing', 24),
  leaf('structure', '主体结构', 'Structure', 'structure', 600),
  leaf('lift', '电梯', 'Lift', 'lift', 24),
  group('common', '公共设施', 'Shared parts', null, [
    leaf('common-lobby', '大堂楼道', 'Lobby and stairs', 'sharedRoom'),
    leaf('common-light', '公共照明', 'Shared lighting', 'sharedLight'),
    leaf('common-garage', '地下车库', 'Underground garage', 'garage'),
    leaf('common-parking', '停车位', 'Parking space', 'parking'),
    leaf('common-gate', '出入口门禁', 'Entrances', 'gate'),
    leaf('common-garden', '园林绿化', 'Garden', 'garden'),
    leaf('common-water', '水景泳池', 'Water features and pool', 'pool'),
    leaf('common-play', '儿童游乐', 'Playground', 'play'),
    leaf('common-fitness', '健身器材', 'Fitness equipment', 'play'),
    leaf('common-fire', '消防设施', 'Fire equipment', 'fire'),
    leaf('common-mail', '信报箱快递柜', 'Letter boxes and parcel lockers', 'mail'),
    leaf('common-rubbish', '垃圾收集点', 'Rubbish collection', 'rubbish'),
    leaf('common-roof', '屋面', 'Roof', 'roof', 60),
    leaf('common-facade', '外立面', 'Facade', 'facade', 60),
    leaf('common-drain', '雨污水井', 'Manholes and rain drains', 'manhole'),
    leaf('common-order', '环境秩序', 'Order and noise', 'order'),
  ]),
];
