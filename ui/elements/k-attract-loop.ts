// What goes by while nobody stands here: the landscape, then each project and the events of the week. One fade, nothing that moves by itself.
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ScreenOf } from '../../kiosk/screen.ts';
import type { Speech } from '../text/speech.ts';
import { base } from '../theme/sheets.ts';
import { type LinePicture, linePicture } from './line-pictures.ts';

type Attract = ScreenOf<'attract'>;
const sceneMs = 12_000;
const homes: readonly LinePicture[] = ['courtyard', 'skyline', 'interior'];

@customElement('k-attract-loop')
export class KAttractLoop extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        height: 100%;
      }
      slot,
      .scene {
        grid-area: 1 / 1;
        min-height: 0;
      }
      slot {
        display: block;
      }
      .scene {
        display: grid;
        grid-template-rows: minmax(0, 1fr) auto;
        gap: var(--gap);
        padding: 0 var(--edge);
        animation: come 0.8s ease-out;
      }
      svg {
        width: 100%;
        height: 100%;
        min-height: 0;
      }
      .red {
        fill: var(--scene-sun);
        stroke: none;
      }
      .words {
        display: grid;
        gap: var(--gap-xs);
        padding-left: var(--gap);
        border-left: 0.35rem solid var(--seal);
      }
      .words h2 {
        font-size: var(--headline);
      }
      .words .price {
        font-size: var(--title);
        color: var(--accent);
      }
      @keyframes come {
        from {
          opacity: 0;
        }
      }
    `,
  ];

  @property({ attribute: false }) screen!: Attract;
  @property({ attribute: false }) speech!: Speech;
  /** which scene is up; 0 = the landscape */
  @state() at = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      this.at += 1;
    }, sceneMs);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  override render() {
    const scenes = this.#scenes();
    const at = this.at % (scenes.length + 1);
    // a fresh element for each scene begins its fade anew
    return html`<slot ?hidden=${at > 0}></slot>${[...scenes.slice(at - 1, at > 0 ? at : 0)].map((scene) => scene())}`;
  }

  #scenes(): readonly (() => TemplateResult)[] {
    const { projects = [], soon = [] } = this.screen;
    const { formats, words } = this.speech;
    return [
      ...projects.map(
        (project, at) => () =>
          html`<div class="scene">${drawing(homes[at % homes.length] ?? 'skyline')}
            <div class="words">
              <h2>${project.name}</h2>
              <p>${project.district}${project.highlight === '' ? '' : ` · ${project.highlight}`}</p>
              <p class="price number">
                ${words.projects.open} ${formats.number(project.open)}
                ${project.fromPrice === null ? nothing : html` · ${words.projects.from(formats.price(project.fromPrice))}`}
              </p>
            </div>
          </div>`,
      ),
      ...soon.map(
        (event) => () =>
          html`<div class="scene">${drawing('lantern')}
            <div class="words">
              <h2>${event.event}</h2>
              <p>${event.session} · ${event.place}</p>
              <p class="price number">${formats.span(event.opensAt, event.endsAt)}</p>
            </div>
          </div>`,
      ),
    ];
  }
}

function drawing(name: LinePicture): TemplateResult {
  return html`<svg viewBox="40 20 1000 730" preserveAspectRatio="xMidYMid meet" aria-hidden="true">${linePicture(name)}</svg>`;
}
