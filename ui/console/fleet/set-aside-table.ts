// The messages that could not be applied, as a table: of all terminals or of one.
import { html, type TemplateResult } from 'lit';
import type { DeadLetterItem } from '../../../sync/headquarters/api.ts';
import '../data-table.ts';
import { showTime } from '../show.ts';
import type { Column } from '../table-columns.ts';
import { type Language, texts } from '../text.ts';
import { fleetWords } from './fleet-words.ts';

export function setAsideTable(letters: readonly DeadLetterItem[], language: Language): TemplateResult {
  const words = fleetWords[language];
  const columns: readonly Column<DeadLetterItem>[] = [
    {
      id: 'at',
      label: words.at,
      value: ({ receivedAt }) => receivedAt,
      show: ({ receivedAt }) => showTime(receivedAt, language),
    },
    { id: 'terminal', label: words.terminal, isFacet: true, value: ({ terminal }) => terminal },
    { id: 'seq', label: words.number, isNumber: true, value: ({ seq }) => seq },
    {
      id: 'reason',
      label: words.reason,
      isFacet: true,
      value: ({ reason }) => texts[language].reasons[reason] ?? reason,
      show: ({ reason }) => html`<span class="tag warn">${texts[language].reasons[reason] ?? reason}</span>`,
    },
    { id: 'detail', label: words.detail, value: ({ detail }) => detail },
  ];
  return html`<data-table .columns=${columns} .rows=${letters} .language=${language} .label=${words.setAside}
    .keyOf=${({ n }: DeadLetterItem) => n}
    .empty=${words.setAsideNone} file="set-aside"></data-table>`;
}
