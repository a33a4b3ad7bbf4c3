// Gifts for points: what there is, who took it, and taking one back.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import {
  type GiftItem,
  type PointsAnswers,
  pointsAnswers,
  type RedemptionItem,
} from '../../../../sync/headquarters/api/points-api.ts';
import type { RowChosenEvent } from '../../data-table.ts';
import '../../data-table.ts';
import { fieldOf } from '../../field-of.ts';
import { Polling } from '../../polling.ts';
import { showTime } from '../../show.ts';
import { PointsPanel } from './points-panel.ts';

@customElement('points-gifts')
export class PointsGifts extends PointsPanel {
  @state() private chosen: RedemptionItem | undefined;
  /** the gift that the form changes; undefined = a new one */
  @state() private gift: GiftItem | undefined;
  /** of the next redemption: a second click gives no second gift */
  #redemption = crypto.randomUUID();
  readonly #gifts = new Polling<PointsAnswers['gifts']>(
    this,
    () => this.api.get('points/gifts', pointsAnswers.gifts),
    10_000,
  );

  override render(): TemplateResult {
    return this.renderLoaded(this.#gifts, ({ gifts, redemptions }) => this.#renderAll(gifts, redemptions));
  }

  #renderAll(gifts: readonly GiftItem[], redemptions: readonly RedemptionItem[]): TemplateResult {
    const { words, language } = this;
    const nameOf = (id: string): string => gifts.find((gift) => gift.id === id)?.name[language] ?? id;
    return html`
      ${this.may('club') ? this.#renderForms(gifts) : nothing}
      <data-table .rows=${gifts} .keyOf=${({ id }: GiftItem) => id} .language=${language} .label=${words.gift}
        .empty=${words.noGifts} file="gifts" .chosen=${this.gift?.id} ?choosable=${this.may('club')}
        @row-chosen=${({ row }: RowChosenEvent<GiftItem>) => {
          this.gift = row;
        }}
        .columns=${[
          { id: 'name', label: words.gift, value: ({ name }: GiftItem) => name[language] },
          { id: 'cost', label: words.cost, value: ({ cost }: GiftItem) => cost, isNumber: true },
          { id: 'stock', label: words.stock, value: ({ stock }: GiftItem) => stock, isNumber: true },
          {
            id: 'isEnded',
            label: words.offered,
            value: ({ isEnded }: GiftItem) => (isEnded ? words.isEnded : words.isOffered),
          },
        ]}></data-table>
      <h3>${words.redemptions}</h3>
      ${
        this.chosen
          ? html`<div class="bar"><span>${nameOf(this.chosen.gift)} · ${this.chosen.member}</span>
              <button class="danger" @click=${this.#undo}>${words.undoRedemption}</button></div>`
          : nothing
      }
      <data-table .rows=${redemptions} .keyOf=${({ id }: RedemptionItem) => id} .language=${language}
        .label=${words.redemptions} file="redemptions" .chosen=${this.chosen?.id} ?choosable=${this.may('club')}
        @row-chosen=${({ row }: RowChosenEvent<RedemptionItem>) => {
          this.chosen = row.undoneAt === null ? row : undefined;
        }}
        .columns=${[
          {
            id: 'at',
            label: words.at,
            value: ({ at }: RedemptionItem) => at,
            show: ({ at }: RedemptionItem) => showTime(at, language),
          },
          { id: 'gift', label: words.gift, value: ({ gift }: RedemptionItem) => nameOf(gift) },
          { id: 'member', label: words.memberId, value: ({ member }: RedemptionItem) => member },
          { id: 'by', label: words.by, value: ({ by }: RedemptionItem) => by },
          { id: 'undoneAt', label: words.undoneAt, value: ({ undoneAt }: RedemptionItem) => undoneAt },
        ]}></data-table>
    `;
  }

  #renderForms(gifts: readonly GiftItem[]): TemplateResult {
    const { words, language, gift } = this;
    const offered = gifts.filter(({ isEnded }) => !isEnded);
    return html`
      <form class="panel" @submit=${this.#redeem}>
        <h3>${words.redeem}</h3>
        <label>${words.gift}<select name="gift">
          ${offered.map(({ id, name, cost }) => html`<option value=${id}>${name[language]} · ${cost}</option>`)}
        </select></label>
        <label>${words.memberId}<input name="member" required pattern="[A-Za-z0-9_\\-]{1,40}" /></label>
        <button class="primary" ?disabled=${offered.length === 0}>${words.redeem}</button>
      </form>
      <form class="panel" @submit=${this.#save}>
        <h3>${gift ? `${words.saveGift} · ${gift.name[language]}` : words.newGift}</h3>
        <label>${words.giftId}<input name="id" required pattern="[A-Za-z0-9_\\-]{1,40}" .value=${gift?.id ?? ''} ?readonly=${gift !== undefined} /></label>
        <label>${words.nameZh}<input name="zh" required maxlength="100" .value=${gift?.name.zh ?? ''} /></label>
        <label>${words.nameEn}<input name="en" required maxlength="100" .value=${gift?.name.en ?? ''} /></label>
        <label>${words.cost}<input name="cost" type="number" required min="1" .value=${String(gift?.cost ?? '')} /></label>
        <label>${words.stock}<input name="stock" type="number" required min="0" .value=${String(gift?.stock ?? '')} /></label>
        <button class="primary">${words.saveGift}</button>
        ${
          gift
            ? html`<button type="button" class=${gift.isEnded ? '' : 'danger'} @click=${() => this.#end(gift)}>
                  ${gift.isEnded ? words.offerAgain : words.endGift}</button>
                <button type="button" @click=${() => {
                  this.gift = undefined;
                }}>${words.cancel}</button>`
            : nothing
        }
      </form>
      <p class="soft small">${words.chooseGift}</p>
    `;
  }

  readonly #redeem = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = event.target;
    const data = new FormData(form);
    const path = `points/gifts/${fieldOf(data, 'gift')}/redeem`;
    const body = { member: fieldOf(data, 'member'), id: this.#redemption };
    if (!(await this.#post(this.words.redeemed, path, body))) return;
    this.#redemption = crypto.randomUUID();
    form.reset();
  };

  readonly #save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const form = event.target;
    const data = new FormData(form);
    const isDone = await this.#post(this.words.saved, 'points/gifts', {
      id: fieldOf(data, 'id'),
      name: { zh: fieldOf(data, 'zh'), en: fieldOf(data, 'en') },
      cost: Number(fieldOf(data, 'cost')),
      stock: Number(fieldOf(data, 'stock')),
      isEnded: this.gift?.isEnded ?? false,
    });
    if (!isDone) return;
    this.gift = undefined;
    form.reset();
  };

  async #end(gift: GiftItem): Promise<void> {
    if (await this.#post(this.words.saved, 'points/gifts', { ...gift, isEnded: !gift.isEnded })) {
      this.gift = undefined;
    }
  }

  readonly #undo = async (): Promise<void> => {
    const { chosen } = this;
    if (!chosen) return;
    this.chosen = undefined;
    await this.#post(this.words.undone, `points/redemptions/${chosen.id}/undo`, {});
  };

  async #post(done: string, path: string, body: object): Promise<boolean> {
    const isDone = await this.attemptSaying(done, async () => {
      await this.api.post(path, body, pointsAnswers.gifts);
    });
    await this.#gifts.refresh();
    return isDone;
  }
}
