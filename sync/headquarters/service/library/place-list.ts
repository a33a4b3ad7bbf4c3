// The shipped places of a project, each with the elements where its tree begins: a leaf where the whole group would not fit. Data; every project edits its own.

export interface PlaceSeed {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly scope: 'room' | 'public';
  readonly elements: readonly string[];
}

const dry = ['ceiling', 'wall', 'floor', 'door', 'window', 'power', 'signal', 'heating'];
const wet = ['ceiling', 'wall', 'floor', 'door', 'window', 'water', 'waterproof', 'power'];
const open = ['ceiling', 'wall', 'floor', 'door', 'window', 'water', 'waterproof', 'power', 'railing'];

const room = (id: string, zh: string, en: string, elements: readonly string[]): PlaceSeed => ({
  id,
  zh,
  en,
  scope: 'room',
  elements,
});
const shared = (id: string, zh: string, en: string, elements: readonly string[]): PlaceSeed => ({
  id,
  zh,
  en,
  scope: 'public',
  elements,
});

/** In the order in which people have something to say about them. */
export const placeList: readonly PlaceSeed[] = [
  room('living', '客厅', 'Living room', [...dry, 'appliance', 'structure']),
  room('master', '主卧', 'Master bedroom', [...dry, 'appliance', 'cabinet-wardrobe', 'structure']),
  room('bedroom', '次卧', 'Bedroom', [...dry, 'appliance', 'cabinet-wardrobe', 'structure']),
  room('kitchen', '厨房', 'Kitchen', [
    ...wet,
    ...['basin', 'tap', 'cabinet-kitchen', 'worktop', 'appliance', 'gas'],
  ]),
  room('bathroom', '卫生间', 'Bathroom', [...wet, 'sanitary', 'cabinet-bath', 'appliance', 'heating']),
  room('balcony', '阳台', 'Balcony', open),
  room('dining', '餐厅', 'Dining room', [...dry, 'appliance', 'structure']),
  room('entrance', '玄关', 'Entrance', [
    'ceiling',
    'wall',
    'floor',
    'door',
    'power',
    'signal',
    'cabinet-wardrobe',
  ]),
  room('master-bath', '主卫', 'Master bathroom', [
    ...wet,
    'sanitary',
    'cabinet-bath',
    'appliance',
    'heating',
  ]),
  room('study', '书房', 'Study', [...dry, 'appliance', 'cabinet-wardrobe', 'structure']),
  room('child', '儿童房', "Children's room", [...dry, 'appliance', 'cabinet-wardrobe', 'structure']),
  room('service-balcony', '生活阳台', 'Service balcony', [...open, 'appliance']),
  room('cloakroom', '衣帽间', 'Cloakroom', ['ceiling', 'wall', 'floor', 'door', 'power', 'cabinet-wardrobe']),
  room('storage', '储物间', 'Storage', ['ceiling', 'wall', 'floor', 'door', 'power']),
  room('terrace', '露台花园', 'Terrace', [
    'wall',
    'floor',
    'door',
    'water',
    'waterproof',
    'railing',
    'power',
  ]),
  room('equipment', '设备平台', 'Equipment ledge', [
    'wall',
    'floor',
    'water',
    'waterproof',
    'appliance',
    'railing',
  ]),
  shared('lobby', '单元大堂', 'Lobby', [
    ...['common-lobby', 'common-light', 'common-mail', 'common-fire', 'common-order'],
    ...['ceiling', 'wall', 'floor', 'door', 'signal'],
  ]),
  shared('stairs', '楼梯走道', 'Stairs and corridors', [
    ...['common-lobby', 'common-light', 'common-fire', 'common-order'],
    ...['wall', 'floor', 'door', 'railing'],
  ]),
  shared('lift', '电梯', 'Lift', ['lift']),
  shared('garage', '地下车库', 'Garage', [
    ...['common-garage', 'common-parking', 'common-light', 'common-fire', 'common-drain'],
    ...['ceiling', 'wall', 'power'],
  ]),
  shared('garden', '园林', 'Garden', [
    ...['common-garden', 'common-water', 'common-light', 'common-drain', 'common-rubbish', 'common-order'],
    'railing',
  ]),
  shared('gate', '小区出入口', 'Gates', ['common-gate', 'common-mail', 'common-light', 'common-order']),
  shared('playground', '活动场地', 'Playground', [
    ...['common-play', 'common-fitness', 'common-light', 'common-order'],
  ]),
  shared('facade', '外墙', 'Facade', ['common-facade', 'window', 'common-light']),
  shared('roof', '屋面', 'Roof', ['common-roof', 'railing', 'water']),
  shared('clubhouse', '会所', 'Clubhouse', [
    ...['common-lobby', 'common-fitness', 'common-water', 'common-fire', 'common-order'],
    ...['ceiling', 'wall', 'floor', 'door', 'power', 'appliance'],
  ]),
];
