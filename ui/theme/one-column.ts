// What stands side by side stands below one another in large text; the classes are those that screens lay out by.
import { css } from 'lit';

export const oneColumn = css`
  @container style(--layout: single) {
    .entries,
    .buildings,
    .building,
    .content,
    .points,
    .welcome,
    .line,
    .choices,
    .list,
    .homes,
    .list button,
    .clocks,
    .event,
    .join,
    .drift,
    .code,
    dl {
      grid-template: none / minmax(0, 1fr) !important;
      grid-auto-flow: row !important;
    }
    .drift > *,
    .code > *,
    .line > *,
    .building > *,
    .entries > *,
    .event > * {
      grid-area: auto !important;
    }
    .notice,
    .choice {
      flex-direction: column !important;
    }
    .line,
    .open {
      text-align: start;
    }
    .reader {
      display: none;
    }
    h1 {
      font-size: var(--headline) !important;
    }
    .number {
      font-size: 1.6rem !important;
    }
  }
`;
