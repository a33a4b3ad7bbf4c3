// One signed file for the terminals of a new project: IT carries it there on a stick, where there is no network yet.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { siteBundleAnswers, siteBundleEnding } from '../../../sync/headquarters/api/site-bundle-api.ts';
import { ApiError } from '../api-client.ts';
import { PageElement } from '../page-element.ts';
import { Polling } from '../polling.ts';
import { type Language, problemText } from '../text.ts';

interface BundleWords {
  readonly title: string;
  readonly what: string;
  readonly site: string;
  readonly build: string;
  readonly building: string;
  readonly built: (megabytes: string) => string;
  readonly none: string;
}

const bundleWords: Readonly<Record<Language, BundleWords>> = {
  zh: {
    title: '项目开通包',
    what: '新项目的终端还没有网络时，用 U 盘带去这一个文件：销控、房源、业主、分类库、活动和规则都在里面，已由总部签名。内含会员的遮盖姓名和卡的密文，请像对待钥匙一样保管。',
    site: '项目',
    build: '生成并下载',
    building: '正在生成……',
    built: (megabytes) =>
      `已生成，${megabytes} MB。放进终端配置的 bundles 目录，或运行 yingbin site bundle apply。`,
    none: '销控表中还没有已发布的项目。',
  },
  en: {
    title: 'Site bundle',
    what: 'Where a new project has no network yet, carry this one file there on a stick: board, homes, owners, library, events and rules, signed by headquarters. It holds masked names of members and sealed cards: keep it as you keep keys.',
    site: 'Project',
    build: 'Build and download',
    building: 'Building…',
    built: (megabytes) =>
      `Built, ${megabytes} MB. Put it into the terminal’s bundles folder, or run yingbin site bundle apply.`,
    none: 'The board has no published project yet.',
  },
};

@customElement('site-bundle-panel')
export class SiteBundlePanel extends PageElement {
  static override styles = [
    ...PageElement.styles,
    css`
      :host { display: block; margin-top: 1.75rem; }
      .panel { margin-top: 0.6rem; padding: 1rem 1.1rem; display: grid; gap: 0.75rem; }
      p { margin: 0; max-width: 62rem; }
      form { display: flex; flex-wrap: wrap; align-items: end; gap: 0.75rem; }
      label { display: grid; gap: 0.3rem; }
    `,
  ];
  @state() declare private isBuilding: boolean;
  @state() declare private said: string;

  readonly #sites = new Polling(
    this,
    async () => (await this.api.get('site-bundles', siteBundleAnswers.sites)).sites,
    60_000,
  );

  override render(): TemplateResult {
    const words = bundleWords[this.language];
    const sites = this.#sites.value;
    // that headquarters does not answer says the page around it
    if (!sites) return html``;
    return html`
      <h3>${words.title}</h3>
      <div class="panel">
        <p class="soft">${words.what}</p>
        ${
          sites.length === 0
            ? html`<p>${words.none}</p>`
            : html`
            <form @submit=${this.#submit}>
              <label>${words.site}
                <select name="site">
                  ${sites.map(({ id, name }) => html`<option value=${id}>${name[this.language]}</option>`)}
                </select>
              </label>
              <button class="primary" ?disabled=${this.isBuilding}>
                ${this.isBuilding ? words.building : words.build}
              </button>
            </form>
          `
        }
        <p role="status">${this.said || nothing}</p>
      </div>
    `;
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement) || this.isBuilding) return;
    const site = new FormData(event.currentTarget).get('site');
    if (typeof site === 'string') void this.#build(site);
  };

  async #build(site: string): Promise<void> {
    this.isBuilding = true;
    this.said = '';
    try {
      const file = await this.api.download(`site-bundles/${encodeURIComponent(site)}`);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `${site}${siteBundleEnding}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      this.said = bundleWords[this.language].built((file.size / 1_048_576).toFixed(1));
    } catch (error) {
      this.said = problemText(this.text, error instanceof ApiError ? error.code : 'fault');
    }
    this.isBuilding = false;
  }
}
