// One rollout: which ring it is in, how its terminals took it, and what can be done now.
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  type ReleaseAnswers,
  type RolloutAnswer,
  releaseAnswers,
} from '../../../sync/headquarters/api/release-api.ts';
import '../data-table.ts';
import { showTime } from '../show.ts';
import type { Column } from '../table-columns.ts';
import './deed-dialog.ts';
import type { Deed } from './deed-dialog.ts';
import { FleetPageElement } from './fleet-page-element.ts';
import { releaseWords } from './release-words.ts';

type Member = ReleaseAnswers['rollout']['devices'][number];
const rings = ['lab', 'canary', 'early', 'rest'] as const;
const counted = ['ok', 'offered', 'waiting', 'silent', 'failed'] as const;
const tones: Readonly<Record<(typeof counted)[number], string>> = {
  ok: 'good',
  offered: '',
  waiting: 'off',
  silent: 'warn',
  failed: 'bad',
};
const stateTones: Readonly<Record<RolloutAnswer['state'], string>> = {
  proposed: 'warn',
  running: '',
  halted: 'bad',
  done: 'good',
  'rolled-back': 'off',
};
const deeds = ['approve', 'promote', 'halt', 'resume', 'rollback'] as const;
type DeedName = (typeof deeds)[number];
const allowed: Readonly<Record<RolloutAnswer['state'], readonly DeedName[]>> = {
  proposed: ['approve', 'rollback'],
  running: ['promote', 'halt', 'rollback'],
  halted: ['resume', 'rollback'],
  done: ['halt', 'rollback'],
  'rolled-back': [],
};
/** A manager may be the second person, or pull the brake. */
const managers: ReadonlySet<DeedName> = new Set(['approve', 'halt']);

/** @fires done when something was done to it */
@customElement('rollout-panel')
export class RolloutPanel extends FleetPageElement {
  static override styles = [
    ...FleetPageElement.styles,
    css`
      :host { margin-bottom: 0.9rem; }
      article { display: grid; gap: 0.8rem; padding: 1rem 1.15rem; }
      .head { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: baseline; }
      .head b { font-size: 1.1rem; }
      ol { list-style: none; display: grid; grid-template-columns: repeat(4, 1fr); gap: 0.4rem; margin: 0; padding: 0; }
      li { padding: 0.4rem 0.7rem; border: 1px dashed var(--rule-strong); border-radius: 8px; font-size: 0.93rem; color: var(--text-soft); }
      li b { display: block; color: var(--text-main); }
      li.past { border-style: solid; background: var(--surface-sunk); }
      li.now { border: 2px solid var(--accent); background: var(--accent-wash); }
      .foot { display: flex; flex-wrap: wrap; gap: 0.6rem; align-items: center; }
      .foot .grow { flex: 1; }
      @media (max-width: 640px) { ol { grid-template-columns: 1fr 1fr; } }
    `,
  ];
  @property({ attribute: false }) declare rollout: RolloutAnswer;
  /** only what was begun last can still be changed */
  @property({ type: Boolean }) declare newest: boolean;
  @state() private members: readonly Member[] | undefined;
  @state() private deed: Deed | undefined;

  override render(): TemplateResult {
    const words = releaseWords[this.language];
    const { version, seq, state, begunBy, begunAt, approvedBy, ringSince, code } = this.rollout;
    return html`<article class="panel">
      <div class="head">
        <b>${words.title(version, seq)}</b>
        <span class="tag ${stateTones[state]}">${words.states[state]}</span>
        <span class="soft small">${words.by(begunBy, showTime(begunAt, this.language))}${approvedBy === null ? nothing : ` · ${words.approvedBy(approvedBy)}`}</span>
      </div>
      ${state === 'running' || state === 'halted' ? this.#renderRings() : nothing}
      ${code === null || code === state ? nothing : html`<p class="small">${words.code(words.codes[code] ?? code)}</p>`}
      <div class="foot">
        ${counted
          .filter((each) => each === 'ok' || this.rollout.counts[each] > 0)
          .map(
            (each) =>
              html`<span class="tag ${tones[each]}">${words.counts[each]} ${this.rollout.counts[each]}</span>`,
          )}
        ${state === 'running' ? html`<span class="soft small">${words.since(showTime(ringSince, this.language))}</span>` : nothing}
        <span class="grow"></span>
        ${this.newest ? this.#renderDeeds() : nothing}
        <button aria-expanded=${this.members !== undefined} @click=${() => void this.#look()}>${words.devices}</button>
      </div>
      ${this.members ? this.#renderMembers(this.members) : nothing}
    </article>
    <deed-dialog .language=${this.language} .deed=${this.deed} @closed=${() => {
      this.deed = undefined;
    }}></deed-dialog>`;
  }

  #renderRings(): TemplateResult {
    const words = releaseWords[this.language];
    const at = rings.indexOf(this.rollout.ring);
    return html`<ol>${rings.map((ring, index) => {
      const place = index < at ? 'past' : index === at ? 'now' : 'next';
      return html`<li class=${place} aria-current=${place === 'now' ? 'step' : 'false'}>
        <b>${index + 1} ${words.rings[ring]}</b>${words.ringStates[place]}</li>`;
    })}</ol>`;
  }

  #renderDeeds(): TemplateResult[] {
    const words = releaseWords[this.language];
    return allowed[this.rollout.state]
      .filter((deed) => this.may('it') || (this.may('manager') && managers.has(deed)))
      .map(
        (
          deed,
        ) => html`<button class=${deed === 'halt' || deed === 'rollback' ? 'danger' : ''} data-deed=${deed}
          @click=${() => this.#ask(deed)}>${words.deeds[deed].label}</button>`,
      );
  }

  #renderMembers(members: readonly Member[]): TemplateResult {
    const words = releaseWords[this.language];
    const rung: Readonly<Record<string, string>> = words.rings;
    const said: Readonly<Record<string, string>> = words.counts;
    const toned: Readonly<Record<string, string>> = tones;
    const time = (at: string | null): string => (at === null ? '–' : showTime(at, this.language));
    const columns: readonly Column<Member>[] = [
      { id: 'device', label: words.device, value: ({ device }) => device },
      { id: 'ring', label: words.ring, isFacet: true, value: ({ ring }) => rung[ring] ?? ring },
      {
        id: 'state',
        label: words.state,
        isFacet: true,
        value: ({ state }) => said[state] ?? state,
        show: ({ state }) => html`<span class="tag ${toned[state] ?? ''}">${said[state] ?? state}</span>`,
      },
      { id: 'code', label: words.why, isFacet: true, value: ({ code }) => code },
      {
        id: 'offered',
        label: words.offeredAt,
        value: ({ offeredAt }) => offeredAt,
        show: ({ offeredAt }) => time(offeredAt),
      },
      {
        id: 'ended',
        label: words.endedAt,
        value: ({ endedAt }) => endedAt,
        show: ({ endedAt }) => time(endedAt),
      },
    ];
    return html`<data-table .columns=${columns} .rows=${members} .language=${this.language} .label=${words.devices}
      .keyOf=${({ device }: Member) => device} .empty=${words.devicesNone} file="rollout"></data-table>`;
  }

  async #look(): Promise<void> {
    if (this.members) {
      this.members = undefined;
      return;
    }
    await this.attempt(async () => {
      this.members = (
        await this.api.get(`fleet/rollouts/${this.rollout.id}`, releaseAnswers.rollout)
      ).devices;
    });
  }

  #ask(name: DeedName): void {
    const words = releaseWords[this.language];
    const { version, id } = this.rollout;
    const said = words.deeds[name];
    const isDanger = name === 'halt' || name === 'rollback';
    this.deed = {
      title: said.title(version),
      happens: said.happens,
      label: said.label,
      isDanger,
      ...(name === 'rollback' ? { typed: version } : {}),
      run: async () => {
        const { staying } = await this.api.post(`fleet/rollouts/${id}/${name}`, {}, releaseAnswers.done);
        this.notify({ message: `${said.done}${staying > 0 ? words.staying(staying) : ''}` });
        this.members = undefined;
        this.dispatchEvent(new Event('done'));
      },
    };
  }
}
