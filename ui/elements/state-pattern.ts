// How a sales state looks beside its word: its colour in one of seven patterns.
import { css } from 'lit';
import type { ScreenOf } from '../../kiosk/screen.ts';

export type StatePattern = ScreenOf<'unit'>['unit']['state']['pattern'];

/** For an element with class `swatch p-<pattern>` and the custom property `--c`. */
export const statePatterns = css`
  .swatch {
    background-color: #fff;
    border: 2px solid var(--c);
  }
  .p-solid {
    background-color: var(--c);
  }
  .p-dots {
    background-image: radial-gradient(var(--c) 34%, transparent 38%);
    background-size: 9px 9px;
  }
  .p-stripes {
    background-image: repeating-linear-gradient(135deg, var(--c) 0 4px, transparent 4px 10px);
  }
  .p-cross {
    background-image:
      repeating-linear-gradient(45deg, var(--c) 0 2px, transparent 2px 9px),
      repeating-linear-gradient(135deg, var(--c) 0 2px, transparent 2px 9px);
  }
  .p-grid {
    background-image:
      repeating-linear-gradient(0deg, var(--c) 0 2px, transparent 2px 8px),
      repeating-linear-gradient(90deg, var(--c) 0 2px, transparent 2px 8px);
  }
  .p-plain {
    background-color: color-mix(in srgb, var(--c) 45%, #fff);
  }
`;
