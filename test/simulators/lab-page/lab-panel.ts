// The front panel: somebody's presence, the help button, the housing's lock.
import { css, html, LitElement } from 'lit';
import type { LabState } from '../lab/lab-view.ts';
import { countFaults, panelFaults } from './device-faults.ts';
import type { LabText } from './lab-text.ts';
import { pressed } from './pressed.ts';
import { sheetKey } from './sheet-key.ts';
import { baseSheet, keySheet, switchSheet } from './sheets.ts';

export class LabPanel extends LitElement {
  static override properties = { panel: {}, text: {} };
  declare panel: LabState['panel'];
  declare text: LabText;

  protected override render() {
    const { text } = this;
    const { isPresent, isOpen, isBuzzing, light } = this.panel;
    const isDark = light.red + light.green + light.blue === 0;
    return html`
      <section class="plate" aria-label=${text.panel}>
        <i class="screw a"></i><i class="screw b"></i><i class="screw c"></i><i class="screw d"></i>
        <div class="head">
          <h2>${text.panel}</h2>
          <span class="ring ${isDark ? 'dark' : ''}" role="img" aria-label=${text.devices.ring}></span>
          <span class="buzzer ${isBuzzing ? 'on' : ''}">
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M4 9 h4 l5 -4 v14 l-5 -4 h-4 z" /><path class="sound" d="M16 9 a4 4 0 0 1 0 6 M18.5 6.5 a8 8 0 0 1 0 11" />
            </svg>
            <span class="unseen">${isBuzzing ? text.devices.buzzing : text.devices.quiet}</span>
          </span>
        </div>
        <button
          class="rocker"
          role="switch"
          data-switch="presence"
          aria-checked=${isPresent}
          @click=${() => pressed(this, isPresent ? 'panel/presence-off' : 'panel/presence-on')}
        >
          <i></i><span>${text.presence}<small>${isPresent ? text.presenceOn : text.presenceOff}</small></span>
        </button>
        <button
          class="rocker warn"
          role="switch"
          data-switch="housing"
          aria-checked=${isOpen}
          @click=${() => pressed(this, isOpen ? 'panel/tamper-close' : 'panel/tamper-open')}
        >
          <i></i><span>${text.housing}<small>${isOpen ? text.housingOpen : text.housingClosed}</small></span>
        </button>
        <div class="foot">
        <button class="help" data-switch="help" @click=${() => pressed(this, 'panel/help')}>
          <i aria-hidden="true">?</i><span>${text.help}</span>
        </button>
        ${sheetKey(this, {
          device: 'panel',
          model: '',
          faults: countFaults(panelFaults(this.panel, text.devices)),
          text: { ...text.devices, openSheet: text.devices.faults },
        })}
        </div>
      </section>
    `;
  }

  protected override updated(): void {
    const { red, green, blue } = this.panel.light;
    // not as an attribute, which the page's policy forbids
    this.renderRoot
      .querySelector<HTMLElement>('.ring')
      ?.style.setProperty('--now', `rgb(${red} ${green} ${blue})`);
  }

  static override styles = [
    baseSheet,
    keySheet,
    switchSheet,
    css`
      .head {
        display: flex;
        align-items: center;
        gap: 0.6rem;
      }
      .ring {
        flex: none;
        width: 30px;
        height: 30px;
        margin-inline-start: auto;
        border: 6px solid var(--now);
        border-radius: 50%;
        background: #22282b;
        box-shadow:
          0 0 0 2px #3a403d,
          0 0 14px 3px var(--now);
        transition:
          border-color 120ms,
          box-shadow 120ms;
      }
      .ring.dark {
        border-color: #4a524e;
        box-shadow: 0 0 0 2px #3a403d;
      }
      .buzzer svg {
        display: block;
        width: 24px;
        fill: #3a403d;
      }
      .buzzer .sound {
        fill: none;
        stroke: #b5382a;
        stroke-width: 2;
        stroke-linecap: round;
        opacity: 0;
      }
      .buzzer.on .sound {
        opacity: 1;
      }
      .sheet-key {
        padding-inline: 0.55rem;
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0.6rem 0.3rem;
      }
      .plate {
        position: relative;
        display: flex;
        flex-direction: column;
        justify-content: space-evenly;
        height: 100%;
        padding: 0.9rem 1.3rem;
        border-radius: 18px;
        background:
          repeating-linear-gradient(0deg, rgb(255 255 255 / 5%) 0 1px, transparent 1px 3px),
          linear-gradient(150deg, #dfe3df, #a9b2ad 60%, #c8cfca);
        box-shadow:
          inset 0 1px 0 #fff,
          inset 0 -2px 0 #7d8781,
          0 12px 26px rgb(0 0 0 / 42%);
        color: #1d2522;
      }
      h2 {
        color: #1d2522;
      }
      small {
        display: block;
        font-size: 0.8rem;
        color: #37423d;
      }
      .screw {
        position: absolute;
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: linear-gradient(45deg, transparent 44%, #59625d 44% 56%, transparent 56%), #8d9691;
        box-shadow: inset 0 1px 1px #fff8;
      }
      .a {
        left: 7px;
        top: 7px;
      }
      .b {
        right: 7px;
        top: 7px;
      }
      .c {
        left: 7px;
        bottom: 7px;
      }
      .d {
        right: 7px;
        bottom: 7px;
      }
      .help {
        display: flex;
        align-items: center;
        gap: 0.6rem;
        padding: 0.2rem 0.1rem;
        border: 0;
        border-radius: 0.6rem;
        background: none;
        font: 600 0.92rem / 1.2 var(--sans);
        color: inherit;
        text-align: start;
        cursor: pointer;
      }
      .help i {
        flex: none;
        display: grid;
        place-items: center;
        width: 2.7rem;
        height: 2.7rem;
        border-radius: 50%;
        background: radial-gradient(circle at 38% 28%, #ff9b85, #cf3d28 60%, #a12617);
        box-shadow:
          0 5px 0 #77180c,
          0 0 0 5px #3a403d,
          0 9px 10px 3px rgb(0 0 0 / 40%);
        font: 700 1.4rem / 1 var(--serif);
        color: #fff;
        transition:
          transform 70ms,
          box-shadow 70ms;
      }
      .help:active i {
        transform: translateY(4px);
        box-shadow:
          0 1px 0 #77180c,
          0 0 0 5px #3a403d,
          0 4px 5px 3px rgb(0 0 0 / 40%),
          0 0 22px 8px rgb(255 120 90 / 70%);
      }
    `,
  ];
}

customElements.define('lab-panel', LabPanel);
