// A planned event as people read it: when, what, where.
import { css, html, type TemplateResult } from 'lit';
import type { ScreenOf } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';

export type PlannedEvent = ScreenOf<'home'>['today'][number];

export const eventLineStyles = css`
  .event {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 var(--gap);
    align-items: baseline;
  }
  .event .when {
    font-size: var(--text-l);
    color: var(--accent);
    white-space: nowrap;
    min-width: 7.4rem;
  }
  .event .what {
    font-weight: 700;
  }
  .event .where {
    grid-column: 2;
    color: var(--text-soft);
    font-size: var(--text-s);
  }
  .event.dated .what,
  .event.dated .where {
    grid-column: 1 / -1;
  }
  .event .day {
    grid-column: 1 / -1;
    color: var(--accent);
    font-size: var(--text-l);
    margin-bottom: var(--gap-xs);
  }
`;

/** For a day that is known: the hours lead. */
export function todayLine(event: PlannedEvent, { formats }: Speech): TemplateResult {
  return html`<div class="event">
    <span class="when number">${formats.hours(event.opensAt, event.endsAt)}</span>
    <span class="what">${event.event}</span>
    <span class="where">${event.session} · ${event.place}</span>
  </div>`;
}

/** For any day: the date leads. */
export function datedLine(event: PlannedEvent, { formats }: Speech): TemplateResult {
  return html`<div class="event dated">
    <span class="day number">${formats.span(event.opensAt, event.endsAt)}</span>
    <span class="what">${event.event}</span>
    <span class="where">${event.session} · ${event.place}</span>
  </div>`;
}
