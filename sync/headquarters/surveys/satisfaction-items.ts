// What satisfaction is asked about, on three levels, as it ships: satisfaction and loyalty; who answers for it; the details.
import type { ItemRow } from '../../contract/forms.ts';
import type { Words } from '../../contract/ids.ts';

type Detail = readonly [code: string, zh: string, en: string];

/** 1: what people and managers are judged by. */
const outcomes: readonly Detail[] = [
  ['satisfaction', '总体满意度', 'Satisfied on the whole'],
  ['loyalty', '愿意再次购买或推荐', 'Would buy again or recommend us'],
];

/** 2: whose work it is, and 3: its details. */
const areas: readonly { readonly area: Detail; readonly details: readonly Detail[] }[] = [
  {
    area: ['design', '规划设计', 'Planning and design'],
    details: [
      ['design-landscape', '小区景观', 'Landscape'],
      ['design-layout', '户型布局', 'Floor plan'],
      ['design-facade', '建筑外观', 'Facade'],
      ['design-roads', '道路与停车', 'Roads and parking'],
      ['design-amenities', '配套设施', 'Amenities'],
    ],
  },
  {
    area: ['engineering', '工程质量', 'Quality of the building'],
    details: [
      ['engineering-windows', '门窗', 'Doors and windows'],
      ['engineering-walls', '墙面与地面', 'Walls and floors'],
      ['engineering-water', '防水与给排水', 'Waterproofing and plumbing'],
      ['engineering-power', '电气与照明', 'Electrics and lighting'],
      ['engineering-lifts', '电梯', 'Lifts'],
      ['engineering-repair', '维修质量', 'Quality of repairs'],
    ],
  },
  {
    area: ['marketing', '销售服务', 'Sales service'],
    details: [
      ['marketing-advice', '置业顾问', 'Sales consultant'],
      ['marketing-honesty', '宣传与实际相符', 'Promised and delivered'],
      ['marketing-contract', '签约与办证', 'Contract and title deed'],
    ],
  },
  {
    area: ['property', '物业与客服', 'Property and customer service'],
    details: [
      ['property-security', '安全秩序', 'Security'],
      ['property-cleaning', '清洁绿化', 'Cleaning and gardens'],
      ['property-attitude', '服务态度', 'Friendliness'],
      ['property-speed', '响应速度', 'Speed of the answer'],
      ['property-handover', '交付入伙', 'Hand-over of the home'],
    ],
  },
];

export const shippedItems: readonly ItemRow[] = [
  ...outcomes.map((item, order) => itemRow(item, 1, null, order)),
  ...areas.map(({ area }, order) => itemRow(area, 2, 'satisfaction', order)),
  ...areas.flatMap(({ area: [area], details }) =>
    details.map((detail, order) => itemRow(detail, 3, area, order)),
  ),
];

function itemRow(
  [code, zh, en]: Detail,
  level: ItemRow['level'],
  parent: string | null,
  order: number,
): ItemRow {
  const name: Words = { zh, en };
  return { kind: 'item', code, level, parent, name, order };
}
