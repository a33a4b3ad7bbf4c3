// What the stages of a purchase and the 6+2 steps of care are called, at the terminal and at headquarters alike.
const zh = {
  stages: {
    subscription: '认购',
    signing: '签约',
    mortgage: '按揭',
    registration: '产权',
    title: '办证',
  },
  steps: {
    'first-meeting': '温馨牵手',
    signing: '喜结连理',
    'building-visits': '亲密接触',
    'moving-in': '恭迎乔迁',
    greetings: '嘘寒问暖',
    responsibility: '承担责任',
    together: '一路同行',
    'four-years': '四年之约',
  },
};

const en: typeof zh = {
  stages: {
    subscription: 'Reserved',
    signing: 'Contract',
    mortgage: 'Mortgage',
    registration: 'Register',
    title: 'Deed',
  },
  steps: {
    'first-meeting': 'First meeting',
    signing: 'Signing',
    'building-visits': 'Site visits',
    'moving-in': 'Moving in',
    greetings: 'Greetings',
    responsibility: 'Responsibility',
    together: 'Together',
    'four-years': 'Four years',
  },
};

export const purchaseWords: Readonly<Record<'zh' | 'en', typeof zh>> = { zh, en };
