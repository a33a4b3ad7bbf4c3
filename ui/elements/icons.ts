// The drawn signs, as inline SVG that takes the colour of its text.
import { html, type SVGTemplateResult, svg, type TemplateResult } from 'lit';

const paths = {
  back: svg`<path d="M15 5l-7 7 7 7"/>`,
  forward: svg`<path d="M9 5l7 7-7 7"/>`,
  up: svg`<path d="M5 15l7-7 7 7"/>`,
  down: svg`<path d="M5 9l7 7 7-7"/>`,
  home: svg`<path d="M3.5 11.5L12 4l8.5 7.5M6 10v10h12V10M10 20v-6h4v6"/>`,
  end: svg`<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>`,
  help: svg`<path d="M6 17V11a6 6 0 0112 0v6M4 17h16M10 20.5h4M12 5V3"/>`,
  ease: svg`<circle cx="12" cy="12" r="9.5"/><path d="M12 6.6v.2M7 9.5c3.3.9 6.7.9 10 0M12 10v4l-2.5 5M12 14l2.5 5"/>`,
  elder: svg`<path d="M2 19L7.5 5L13 19M4 14.5h7M14.5 19l3.5-8.5 3.5 8.5M15.7 16h4.6"/>`,
  language: svg`<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3.6 6 3.6 9S15 18 12 21M12 3c-3 3-3.6 6-3.6 9S9 18 12 21"/>`,
  card: svg`<rect x="2.5" y="5" width="19" height="14" rx="2"/><path d="M2.5 9.5h19M6 15h5"/>`,
  camera: svg`<path d="M3 7.5h4L8.5 5h7L17 7.5h4V19H3z"/><circle cx="12" cy="13" r="3.6"/>`,
  tap: svg`<path d="M9 11V5.5a1.75 1.75 0 013.5 0V11l5 1.4a2.4 2.4 0 011.7 2.7L18.4 20H10l-4-5.6c-.9-1.3.8-2.8 2-1.7l1 1z"/>`,
  building: svg`<path d="M4 21V7l8-4v18M12 9l8 3v9M2.5 21h19M7 10h2M7 14h2M7 18h2M15.5 14.5h1.5M15.5 18h1.5"/>`,
  star: svg`<path d="M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1 5.9-5.2-2.8-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z"/>`,
  wrench: svg`<path d="M14.5 6.5a4.2 4.2 0 015-1.7l-2.7 2.7.5 2.2 2.2.5 1-3.2a4.3 4.3 0 01-5.8 5.2L8 19a2.1 2.1 0 01-3-3l6.8-6.7a4.3 4.3 0 012.7-2.8z"/>`,
  list: svg`<rect x="5" y="4" width="14" height="17" rx="2"/><path d="M9 4V2.8h6V4M8.5 10h7M8.5 14h7M8.5 18h4"/>`,
  warning: svg`<path d="M12 3.5L2.5 20h19zM12 10v5M12 17.5v.2"/>`,
  blocked: svg`<circle cx="12" cy="12" r="9"/><path d="M5.7 5.7l12.6 12.6"/>`,
  question: svg`<circle cx="12" cy="12" r="9"/><path d="M9.3 9.5a2.8 2.8 0 115 1.7c-.9 1-2.3 1.4-2.3 3M12 17v.2"/>`,
  calendar: svg`<rect x="3.5" y="5" width="17" height="16" rx="2"/><path d="M3.5 10h17M8 3v4M16 3v4"/>`,
  talk: svg`<path d="M4 4.5h16v11.5h-8.5L7 20v-4H4zM8 9h8M8 12.5h5"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  minus: svg`<path d="M5 12h14"/>`,
  check: svg`<path d="M4.5 12.5l5 5 10-11"/>`,
  notice: svg`<path d="M4 10v4h3l7 5V5l-7 5zM17.5 9a4 4 0 010 6"/>`,
  clock: svg`<circle cx="12" cy="12" r="9"/><path d="M12 6.5V12l3.8 2.3"/>`,
  printer: svg`<path d="M7 8V3h10v5M7 17H4v-8h16v8h-3M7 14h10v7H7z"/>`,
  offline: svg`<path d="M3 9.5a13.5 13.5 0 0118 0M6.5 13.2a8.5 8.5 0 0111 0M9.7 16.7a4 4 0 014.6 0M12 20v.1M4 3l16 18"/>`,
  waves: svg`<path d="M3 9.5a13.5 13.5 0 0118 0M6.5 13.2a8.5 8.5 0 0111 0M9.7 16.7a4 4 0 014.6 0"/>`,
  lock: svg`<rect x="5" y="11" width="14" height="10" rx="2"/><path d="M8 11V8a4 4 0 018 0v3M12 15v2.5"/>`,
  search: svg`<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>`,
  erase: svg`<path d="M9 6h11v12H9l-6-6zM12.5 9.5l5 5M17.5 9.5l-5 5"/>`,
  person: svg`<circle cx="12" cy="8" r="4"/><path d="M4 21c.6-4.5 3.8-7 8-7s7.4 2.5 8 7"/>`,
  pen: svg`<path d="M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14 6.5l3.5 3.5"/>`,
  heart: svg`<path d="M12 20.5C5.5 15.5 3 12.3 3 8.8A4.6 4.6 0 0112 7a4.6 4.6 0 019 1.8c0 3.5-2.5 6.7-9 11.7z"/>`,
  gift: svg`<path d="M3.5 9h17v4h-17zM5 13v8h14v-8M12 9v12M12 9c-1-4-6-5-6-2s4 2 6 2zM12 9c1-4 6-5 6-2s-4 2-6 2z"/>`,
  shield: svg`<path d="M12 3l8 3v6c0 5-3.5 8-8 9.5C7.5 20 4 17 4 12V6z"/><path d="M8.5 12l2.5 2.5 4.5-5"/>`,
  place: svg`<path d="M12 21.5c-4-4.5-6.5-8-6.5-11.5a6.5 6.5 0 0113 0c0 3.5-2.5 7-6.5 11.5z"/><circle cx="12" cy="10" r="2.3"/>`,
  phone: svg`<path d="M5 4h4l1.5 5-2.5 1.5a12 12 0 005.5 5.5L15 13.5l5 1.5v4c0 1-1 1.5-2 1.5C10.5 20 4 13.5 3.5 6c0-1 .5-2 1.5-2z"/>`,
} satisfies Record<string, SVGTemplateResult>;

export type IconName = keyof typeof paths;

/** Decoration only: the words beside it carry the meaning. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${paths[name]}</svg>`;
}
