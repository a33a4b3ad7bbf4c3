// How a sales state looks beside its word: its colour in one of seven patterns.
import { css } from 'lit';
import type { ScreenOf } from '../../kiosk/screen.ts';

export type StatePattern = ScreenOf<'unit'>['unit']['state']['pattern'];

/** For an element with class `p-<pattern>` and the property `--c`: it sets `--ground`, `--mark` and `--tile`. */
export const statePatterns = css`
  .swatch {
    border: 2px solid var(--c);
    background-color: var(--ground, #fff);
    background-image: var(--mark, none);
    background-size: var(--tile, auto);
  }
  .p-solid {
    --ground: var(--c);
  }
  .p-plain {
    --ground: color-mix(in srgb, var(--c) 45%, #fff);
  }
  .p-dots {
    --mark: radial-gradient(var(--c) 34%, transparent 38%);
    --tile: 9px 9px;
  }
  .p-stripes {
    --mark: repeating-linear-gradient(135deg, var(--c) 0 4px, transparent 4px 10px);
  }
  .p-cross {
    --mark: repeating-linear-gradient(45deg, var(--c) 0 2px, transparent 2px 9px),
      repeating-linear-gradient(135deg, var(--c) 0 2px, transparent 2px 9px);
  }
  .p-grid {
    --mark: repeating-linear-gradient(0deg, var(--c) 0 2px, transparent 2px 8px),
      repeating-linear-gradient(90deg, var(--c) 0 2px, transparent 2px 8px);
  }
`;
