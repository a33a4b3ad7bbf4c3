// What a change of a layer would do, terminal by terminal; the same change is said once.
import { html, nothing, type TemplateResult } from 'lit';
import type { TwinAnswers } from '../../../sync/headquarters/api/twin-api.ts';
import type { Language } from '../text.ts';
import { pathWord } from './path-words.ts';
import { settingText } from './setting-text.ts';
import { twinWords } from './twin-words.ts';

type Changes = TwinAnswers['plan']['devices'][number]['changes'];
interface Group {
  readonly devices: readonly string[];
  readonly changes: Changes;
}

const shownNames = 12;

/** Terminals that change alike stand together, the most first. */
export function planGroups({ devices }: TwinAnswers['plan']): readonly Group[] {
  const groups = new Map<string, { devices: string[]; changes: Changes }>();
  for (const { device, changes } of devices) {
    const key = JSON.stringify(changes);
    const group = groups.get(key);
    if (group) group.devices.push(device);
    else groups.set(key, { devices: [device], changes });
  }
  return [...groups.values()].sort((a, b) => b.devices.length - a.devices.length);
}

export function renderPlan(plan: TwinAnswers['plan'], language: Language): TemplateResult {
  const words = twinWords[language];
  if (plan.count === 0) return html`<p role="status" class="tag off">${words.planNone}</p>`;
  const said = (path: string, value: unknown): string =>
    value === undefined ? words.unset : settingText(path, value);
  return html`<div role="status">
    <p><strong>${words.planOf(plan.count)}</strong></p>
    ${planGroups(plan).map(
      ({ devices, changes }) => html`<div class="scroll"><table>
        <caption class="small soft">${devices.slice(0, shownNames).join(' · ')}${devices.length > shownNames ? ` +${devices.length - shownNames}` : nothing}</caption>
        <thead><tr><th>${words.path}</th><th>${words.from}</th><th>${words.to}</th></tr></thead>
        <tbody>${changes.map(
          ({ path, from, to }) => html`<tr>
            <td>${pathWord(path, language)}</td><td><code>${said(path, from)}</code></td><td><code>${said(path, to)}</code></td>
          </tr>`,
        )}</tbody>
      </table></div>`,
    )}
    ${plan.count > plan.devices.length ? html`<p class="soft small">${words.planMore(plan.count - plan.devices.length)}</p>` : nothing}
  </div>`;
}
