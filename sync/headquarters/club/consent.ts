// What somebody agrees to when they join: each text is a version, and none is ever changed.
import { type ConsentRow, formKeys } from '../../contract/forms.ts';
import type { Words } from '../../contract/ids.ts';
import type { Change } from '../publication.ts';
import type { Reader, Tx } from '../store/store.ts';

const firstText: Words = {
  zh: '您的姓名、手机号和生日只用于会员服务：签到、积分、活动通知和生日问候。\n证件号只用来防止重复办卡，不保存号码。\n您可以随时在终端或服务台查看、更改，也可以要求停用和删除。\n卡片丢失请及时挂失，换卡后积分不变。',
  en: 'Name, phone and birthday serve the club alone: check-in, points, invitations and a birthday greeting.\nThe number of your ID only prevents second cards and is not kept.\nYou may see and change your data at a terminal or the desk at any time, and have them deleted.\nIf your card is lost, report it: the new one keeps your points.',
};

export class Consent {
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Newest first. */
  async list(db: Reader): Promise<ConsentRow[]> {
    const rows = await db
      .selectFrom('dataset_row')
      .select('body')
      .where('dataset', '=', 'forms')
      .where('key', '>=', formKeys.consents)
      .where('key', '<', `${formKeys.consents}\u{10ffff}`)
      .where('body', 'is not', null)
      .orderBy('key', 'desc')
      .execute();
    return rows.map(({ body }) => JSON.parse(String(body)) as ConsentRow);
  }

  /** So that nobody has to write one before the first person joins. */
  async seed(tx: Tx): Promise<Change[]> {
    return (await this.list(tx)).length > 0 ? [] : [this.#row(1, firstText)];
  }

  /** The next version; what people agreed to before stays as it was. */
  async add(tx: Tx, text: Words): Promise<{ readonly version: number; readonly change: Change }> {
    const version = ((await this.list(tx))[0]?.version ?? 0) + 1;
    return { version, change: this.#row(version, text) };
  }

  #row(version: number, text: Words): Change {
    const row: ConsentRow = { kind: 'consent', version, text, publishedAt: this.#now().toISOString() };
    return { dataset: 'forms', rows: async () => [[formKeys.consent(version), row]] };
  }
}
