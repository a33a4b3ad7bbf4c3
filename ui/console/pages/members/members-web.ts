// Applications that came by web or paper: a file of them, checked row by row before anybody joins.
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type MemberAnswers, memberAnswers } from '../../../../sync/headquarters/api/member-api.ts';
import '../../data-table.ts';
import { MembersPanel } from './members-panel.ts';

type Imported = MemberAnswers['imported'];
type Fault = Imported['faults'][number];

@customElement('members-web')
export class MembersWeb extends MembersPanel {
  @state() private done: Imported | undefined;

  override render(): TemplateResult {
    const { words, done } = this;
    return html`
      <form class="panel" @submit=${this.#import}>
        <h3>${words.sections.web}</h3>
        <p class="small soft">${words.webText}</p>
        <label class="wide">${words.csv}<input name="file" type="file" accept=".csv,text/csv" required /></label>
        <button class="primary">${words.import}</button>
      </form>
      ${done ? this.#renderDone(done) : nothing}
    `;
  }

  #renderDone({ joined, faults }: Imported): TemplateResult {
    const { words, language } = this;
    if (faults.length === 0) return html`<p class="panel card" role="status">${words.imported(joined)}</p>`;
    return html`
      <div class="problem" role="alert">${words.wrongRows(faults.length)}</div>
      <data-table .rows=${faults} .keyOf=${({ row }: Fault) => row} .language=${language} .label=${words.sections.web}
        file="wrong-rows" .columns=${[
          { id: 'row', label: words.row, value: ({ row }: Fault) => row, isNumber: true },
          { id: 'code', label: words.what, value: ({ code }: Fault) => words.rowProblems[code] ?? code },
        ]}></data-table>
    `;
  }

  readonly #import = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const file = new FormData(event.target).get('file');
    if (!(file instanceof File)) return;
    await this.attemptSaying('', async () => {
      const [newest] = (await this.api.get('club/consents', memberAnswers.consents)).consents;
      const body = { csv: await file.text(), consent: newest?.version ?? 0 };
      this.done = await this.api.post('club/web/import', body, memberAnswers.imported);
    });
  };
}
