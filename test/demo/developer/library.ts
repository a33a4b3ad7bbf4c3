// The demo developer's classification library: places of each project, the group's tree of elements, ports and clocks.
import type { DeveloperFile } from '../../../sync/headquarters/developer-file.ts';
import { type ProblemFamily, problemsOf } from './problems.ts';
import { projects } from './projects.ts';

type LibraryRows = DeveloperFile['library'];

/** Leaves have a family of problems; the others have children. */
interface Element {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly family?: ProblemFamily;
  readonly children?: readonly Element[];
}

const leaf = (id: string, zh: string, en: string, family: ProblemFamily): Element => ({ id, zh, en, family });
const group = (id: string, zh: string, en: string, children: readonly Element[]): Element => ({
  id,
  zh,
  en,
  children,
});

const elements: readonly Element[] = [
  leaf('ceiling', '天花', 'Ceiling', 'ceiling'),
  group('wall', '墙面', 'Walls', [
    leaf('wall-paint', '涂料墙面', 'Painted wall', 'wall'),
    leaf('wall-paper', '墙纸墙面', 'Papered wall', 'wall'),
    leaf('wall-outer', '外墙内侧', 'Inside of outer wall', 'wall'),
    leaf('wall-tile', '墙砖', 'Wall tiles', 'tile'),
  ]),
  group('floor', '地面', 'Floor', [
    leaf('floor-tile', '地砖', 'Floor tiles', 'tile'),
    leaf('floor-wood', '木地板', 'Wooden floor', 'floor'),
    leaf('skirting', '踢脚线', 'Skirting', 'floor'),
    leaf('threshold', '门槛石', 'Threshold', 'tile'),
  ]),
  group('door', '门', 'Doors', [
    leaf('door-entrance', '入户门', 'Front door', 'door'),
    leaf('door-room', '房间门', 'Room door', 'door'),
    leaf('door-sliding', '推拉门', 'Sliding door', 'door'),
  ]),
  group('window', '窗', 'Windows', [
    leaf('window-casement', '平开窗', 'Casement window', 'window'),
    leaf('window-sliding', '推拉窗', 'Sliding window', 'window'),
    leaf('window-bay', '飘窗', 'Bay window', 'window'),
  ]),
  group('water', '给排水', 'Water and drains', [
    leaf('supply-cold', '冷水管', 'Cold water pipe', 'supply'),
    leaf('supply-hot', '热水管', 'Hot water pipe', 'supply'),
    leaf('drain-stack', '下水管', 'Waste pipe', 'drain'),
    leaf('drain-floor', '地漏', 'Floor drain', 'drain'),
    leaf('drain-condensate', '空调冷凝管', 'Condensate pipe', 'drain'),
  ]),
  group('sanitary', '洁具', 'Sanitary ware', [
    leaf('toilet', '坐便器', 'Toilet', 'fixture'),
    leaf('basin', '洗手盆', 'Basin', 'fixture'),
    leaf('shower', '淋浴', 'Shower', 'fixture'),
    leaf('bathtub', '浴缸', 'Bathtub', 'fixture'),
    leaf('tap', '龙头', 'Tap', 'fixture'),
  ]),
  group('power', '强电', 'Electricity', [
    leaf('socket', '插座开关', 'Sockets and switches', 'power'),
    leaf('fuse-box', '配电箱', 'Distribution box', 'power'),
    leaf('lamp', '灯具', 'Lamps', 'power'),
  ]),
  group('signal', '弱电', 'Network and intercom', [
    leaf('intercom', '可视对讲', 'Video intercom', 'signal'),
    leaf('network', '网络箱', 'Network box', 'signal'),
    leaf('alarm', '报警器', 'Alarm', 'signal'),
  ]),
  group('appliance', '配套设备', 'Fitted equipment', [
    leaf('hood', '抽油烟机', 'Cooker hood', 'appliance'),
    leaf('heater', '热水器', 'Water heater', 'appliance'),
    leaf('ventilation', '新风', 'Fresh-air system', 'appliance'),
    leaf('aircon', '空调', 'Air conditioning', 'appliance'),
  ]),
  leaf('gas', '燃气', 'Gas', 'gas'),
  group('cabinet', '柜体', 'Cabinets', [
    leaf('cabinet-kitchen', '橱柜', 'Kitchen cabinets', 'door'),
    leaf('cabinet-wardrobe', '衣柜', 'Wardrobe', 'door'),
    leaf('cabinet-bath', '浴室柜', 'Bathroom cabinet', 'door'),
  ]),
  leaf('railing', '栏杆', 'Railing', 'fixture'),
  leaf('lift', '电梯', 'Lift', 'lift'),
  group('common', '公共设施', 'Shared parts', [
    leaf('common-lobby', '大堂楼道', 'Lobby and stairs', 'public'),
    leaf('common-garage', '地下车库', 'Underground garage', 'public'),
    leaf('common-gate', '出入口门禁', 'Entrances', 'public'),
    leaf('common-garden', '园林绿化', 'Garden', 'garden'),
    leaf('common-play', '儿童游乐', 'Playground', 'public'),
  ]),
];

type PlaceSeed = readonly [
  id: string,
  zh: string,
  en: string,
  scope: 'room' | 'public',
  elements: readonly string[],
];
const dry = ['ceiling', 'wall', 'floor', 'door', 'window', 'power', 'signal'];
const wet = ['ceiling', 'wall', 'floor', 'door', 'window', 'water', 'sanitary', 'power'];
const places: readonly PlaceSeed[] = [
  [
    'entrance',
    '玄关',
    'Entrance',
    'room',
    ['ceiling', 'wall', 'floor', 'door', 'power', 'signal', 'cabinet'],
  ],
  ['living', '客厅', 'Living room', 'room', [...dry, 'appliance']],
  ['dining', '餐厅', 'Dining room', 'room', [...dry, 'appliance']],
  ['master', '主卧', 'Master bedroom', 'room', [...dry, 'appliance', 'cabinet']],
  ['bedroom', '次卧', 'Bedroom', 'room', [...dry, 'appliance', 'cabinet']],
  ['kitchen', '厨房', 'Kitchen', 'room', [...wet, 'appliance', 'gas', 'cabinet']],
  ['bathroom', '卫生间', 'Bathroom', 'room', [...wet, 'appliance', 'cabinet']],
  ['balcony', '阳台', 'Balcony', 'room', ['ceiling', 'wall', 'floor', 'door', 'window', 'water', 'railing']],
  ['lobby', '单元大堂', 'Lobby', 'public', ['ceiling', 'wall', 'floor', 'door', 'power', 'common']],
  ['stairs', '楼梯走道', 'Stairs and corridors', 'public', ['ceiling', 'wall', 'floor', 'railing', 'power']],
  ['lift', '电梯', 'Lift', 'public', ['lift']],
  ['garage', '地下车库', 'Garage', 'public', ['ceiling', 'floor', 'water', 'power', 'common']],
  ['garden', '园林', 'Garden', 'public', ['common', 'power', 'water']],
  ['roof', '屋面', 'Roof', 'public', ['floor', 'water', 'railing']],
];

const ports = [
  ['engineering', '工程', 'Engineering'],
  ['design', '设计', 'Design'],
  ['property', '物业', 'Property management'],
  ['sales', '销售', 'Sales'],
  ['service', '客服', 'Customer service'],
] as const;

export function makeLibrary(): LibraryRows {
  return [
    ...projects.flatMap((project) =>
      places.map(([id, zh, en, scope, bound], order) => ({
        kind: 'place' as const,
        id,
        project: project.id,
        scope,
        name: { zh, en },
        order,
        elements: [...bound],
      })),
    ),
    ...elements.flatMap((element, order) => elementRows(element, null, order)),
    ...ports.map(([id, zh, en]) => ({ kind: 'port' as const, id, name: { zh, en } })),
    { kind: 'clock', id: 'default', replyMin: 10, onSiteMin: 60 },
    { kind: 'clock', id: 'design', replyMin: 60, onSiteMin: 1_440 },
    { kind: 'clock', id: 'sales', replyMin: 60, onSiteMin: 1_440 },
    { kind: 'clock', id: 'service', replyMin: 60, onSiteMin: 1_440 },
  ];
}

function elementRows(
  { id, zh, en, family, children }: Element,
  parent: string | null,
  order: number,
): LibraryRows {
  return [
    { kind: 'element', id, parent, name: { zh, en }, order },
    ...(children ?? []).flatMap((child, index) => elementRows(child, id, index)),
    ...(family ? problemsOf(family) : []).flatMap((problem): LibraryRows => {
      const problemId = `${id}-${problem.id}`;
      return [
        {
          kind: 'problem',
          id: problemId,
          element: id,
          name: { zh: problem.zh, en: problem.en },
          port: problem.port,
          emergency: problem.isEmergency,
        },
        ...problem.phrases.map((text, index) => ({
          kind: 'phrase' as const,
          id: `${problemId}-${index + 1}`,
          problem: problemId,
          text,
        })),
      ];
    }),
  ];
}
