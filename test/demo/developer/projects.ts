// The demo developer's three projects, their buildings and sales states.
import type { Words } from '../../../sync/contract/ids.ts';

const w = (zh: string, en: string): Words => ({ zh, en });

export const states = [
  { code: 'available', name: w('可售', 'Available'), colour: '#2e8b57', pattern: 'plain', open: true },
  { code: 'held', name: w('预留', 'Held'), colour: '#d9a404', pattern: 'dots', open: false },
  { code: 'subscribed', name: w('认购', 'Subscribed'), colour: '#e07a1f', pattern: 'stripes', open: false },
  { code: 'signed', name: w('签约', 'Signed'), colour: '#c0392b', pattern: 'cross', open: false },
  { code: 'sold', name: w('已售', 'Sold'), colour: '#7b2d26', pattern: 'solid', open: false },
  { code: 'withheld', name: w('销控', 'Withheld'), colour: '#5d6d7e', pattern: 'grid', open: false },
  { code: 'notForSale', name: w('不售', 'Not for sale'), colour: '#b0b7bf', pattern: 'empty', open: false },
] as const;

export interface DemoBuilding {
  readonly id: string;
  readonly name: Words;
  readonly floors: number;
  readonly columns: number;
  /** ids of the layouts by column; repeated as needed */
  readonly layouts: readonly string[];
  /** share already gone, 0 … 1 */
  readonly progress: number;
}
export interface DemoProject {
  readonly id: string;
  readonly name: Words;
  readonly district: Words;
  readonly address: Words;
  readonly phone: string;
  /** fen per m² on the lowest floor */
  readonly basePricePerM2: number;
  readonly highlights: readonly Words[];
  readonly adverse: readonly { readonly title: Words; readonly detail: Words; readonly distanceM: number }[];
  readonly buildings: readonly DemoBuilding[];
}

export const projects: readonly DemoProject[] = [
  {
    id: 'siji',
    name: w('四季花城', 'Four Seasons Town'),
    district: w('龙岗 · 坂田', 'Longgang · Bantian'),
    address: w('坂雪岗大道 188 号', '188 Banxuegang Avenue'),
    phone: '0755-28880001',
    basePricePerM2: 38_600_00,
    highlights: [
      w(
        '社区步行街 600 米，学校、商店、会所全在围墙之内',
        'A 600 m pedestrian street with school, shops and club inside the community',
      ),
      w('九年一贯制学校 2024 年已开学', 'Nine-year school, open since 2024'),
      w('绿化率 42 %，六个围合式庭院', '42 % green, six enclosed courtyards'),
      w('地铁 5 号线坂田站步行 8 分钟', 'Metro line 5, Bantian station, 8 minutes on foot'),
    ],
    adverse: [
      {
        title: w('生活垃圾填埋场', 'Household landfill'),
        detail: w(
          '项目东北侧，2016 年封场，夏季东北风时可能有异味',
          'North-east of the site, closed in 2016; may be smelt in summer with north-east wind',
        ),
        distanceM: 860,
      },
      {
        title: w('高速公路高架', 'Motorway flyover'),
        detail: w(
          '6、8 栋北侧临清平高速，夜间噪声实测 58 分贝（闭窗 36）',
          'North of buildings 6 and 8; 58 dB measured at night, 36 with windows closed',
        ),
        distanceM: 210,
      },
      {
        title: w('110 千伏变电站', '110 kV substation'),
        detail: w('户内式，已通过环评验收', 'Indoor type, passed its environmental acceptance'),
        distanceM: 430,
      },
    ],
    buildings: [
      {
        id: 'milan',
        name: w('米兰苑', 'Milan Court'),
        floors: 18,
        columns: 6,
        layouts: ['siji-a', 'siji-b', 'siji-c', 'siji-c', 'siji-b', 'siji-a'],
        progress: 0.86,
      },
      {
        id: 'begonia',
        name: w('海棠苑', 'Begonia Court'),
        floors: 18,
        columns: 6,
        layouts: ['siji-a', 'siji-b', 'siji-c', 'siji-c', 'siji-b', 'siji-a'],
        progress: 0.72,
      },
      {
        id: 'osmanthus',
        name: w('丹桂苑', 'Osmanthus Court'),
        floors: 24,
        columns: 4,
        layouts: ['siji-d', 'siji-b', 'siji-b', 'siji-d'],
        progress: 0.55,
      },
      {
        id: 'maple',
        name: w('红枫苑', 'Maple Court'),
        floors: 26,
        columns: 4,
        layouts: ['siji-d', 'siji-c', 'siji-c', 'siji-d'],
        progress: 0.24,
      },
    ],
  },
  {
    id: 'yunshan',
    name: w('云山观邸', 'Cloudhill Residence'),
    district: w('南山 · 西丽', 'Nanshan · Xili'),
    address: w('留仙大道 2266 号', '2266 Liuxian Avenue'),
    phone: '0755-28880002',
    basePricePerM2: 72_800_00,
    highlights: [
      w('三面环山，户户朝南', 'Hills on three sides, every home faces south'),
      w('地铁 7 号线上盖', 'Above metro line 7'),
      w('全屋新风与地暖已装好', 'Fresh-air system and floor heating installed'),
    ],
    adverse: [
      {
        title: w('规划中的城市快速路', 'Planned expressway'),
        detail: w(
          '南侧规划路，预计 2028 年动工，建成后 1 栋临路',
          'South of the site, construction expected from 2028; building 1 will face it',
        ),
        distanceM: 150,
      },
      {
        title: w('加油站', 'Petrol station'),
        detail: w(
          '留仙大道与同发路口，满足防火间距',
          'At the corner of Tongfa Road; keeps the required fire distance',
        ),
        distanceM: 320,
      },
    ],
    buildings: [
      {
        id: 'yun-1',
        name: w('1 栋', 'Tower 1'),
        floors: 32,
        columns: 4,
        layouts: ['yun-a', 'yun-b', 'yun-b', 'yun-a'],
        progress: 0.64,
      },
      {
        id: 'yun-2',
        name: w('2 栋', 'Tower 2'),
        floors: 32,
        columns: 4,
        layouts: ['yun-a', 'yun-b', 'yun-b', 'yun-a'],
        progress: 0.38,
      },
      {
        id: 'yun-3',
        name: w('3 栋', 'Tower 3'),
        floors: 28,
        columns: 4,
        layouts: ['yun-c', 'yun-b', 'yun-b', 'yun-c'],
        progress: 0.12,
      },
      {
        id: 'yun-5',
        name: w('5 栋', 'Tower 5'),
        floors: 28,
        columns: 4,
        layouts: ['yun-c', 'yun-c', 'yun-c', 'yun-c'],
        progress: 0.05,
      },
    ],
  },
  {
    id: 'binjiang',
    name: w('滨江壹号', 'Riverside One'),
    district: w('宝安 · 沙井', 'Baoan · Shajing'),
    address: w('环镇路 66 号', '66 Huanzhen Road'),
    phone: '0755-28880003',
    basePricePerM2: 45_900_00,
    highlights: [
      w('茅洲河一线河景，沿河绿道直达前海', 'First row on the Maozhou river, with a greenway to Qianhai'),
      w('自带 1.2 万平方米商业街', 'Its own shopping street of 12,000 m²'),
      w('精装交付，品牌厨电', 'Delivered fitted out, with branded kitchen appliances'),
    ],
    adverse: [
      {
        title: w('污水处理厂', 'Sewage works'),
        detail: w('下游右岸，加盖除臭已改造完成', 'Downstream on the right bank; covered and deodorised'),
        distanceM: 740,
      },
      {
        title: w('机场航路', 'Airport approach'),
        detail: w(
          '白天约每 6 分钟一班飞机通过西侧上空',
          'By day about every 6 minutes an aircraft passes to the west',
        ),
        distanceM: 950,
      },
      {
        title: w('殡仪服务点', 'Funeral service point'),
        detail: w('社区级服务点，不设火化设施', 'Community service point without cremation'),
        distanceM: 880,
      },
    ],
    buildings: [
      {
        id: 'river-a',
        name: w('A 座', 'Block A'),
        floors: 30,
        columns: 4,
        layouts: ['river-a', 'river-b', 'river-b', 'river-a'],
        progress: 0.7,
      },
      {
        id: 'river-b',
        name: w('B 座', 'Block B'),
        floors: 30,
        columns: 4,
        layouts: ['river-a', 'river-b', 'river-b', 'river-a'],
        progress: 0.45,
      },
      {
        id: 'river-c',
        name: w('C 座', 'Block C'),
        floors: 26,
        columns: 4,
        layouts: ['river-c', 'river-b', 'river-b', 'river-c'],
        progress: 0.2,
      },
      {
        id: 'river-d',
        name: w('D 座', 'Block D'),
        floors: 26,
        columns: 4,
        layouts: ['river-c', 'river-a', 'river-a', 'river-c'],
        progress: 0.02,
      },
    ],
  },
];
