// What every page of the console is given, and how it shows that it waits or that reading failed.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Me, Role } from '../../sync/headquarters/api/account-api.ts';
import type { ApiClient } from './api-client.ts';
import { consoleStyle } from './console-style.ts';
import type { Loaded, Polling } from './polling.ts';
import { type Language, problemText, type Texts, texts } from './text.ts';

/** A short message at the bottom of the window, with at most one thing to do about it. */
export interface Notice {
  readonly message: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export abstract class PageElement extends LitElement {
  static override styles = [consoleStyle];
  @property({ attribute: false }) declare api: ApiClient;
  @property() declare language: Language;
  /** who is signed in: what they may not do is not offered */
  @property({ attribute: false }) declare me: Me;
  /** the page's name */
  @property() declare heading: string;
  /** what of this page the address names: `#/requests/{about}` */
  @property() declare about: string | undefined;

  protected get text(): Texts {
    return texts[this.language];
  }

  protected may(...some: readonly Role[]): boolean {
    return some.some((role) => this.me.roles.includes(role));
  }

  protected notify(notice: Notice): void {
    this.dispatchEvent(new CustomEvent('notice', { detail: notice, bubbles: true, composed: true }));
  }

  /** Shows the value with the problem above it, or that there is none yet. */
  protected renderLoaded<T>(polling: Polling<T>, render: (value: T) => TemplateResult): TemplateResult {
    const state: Loaded<T> = polling.state;
    switch (state.kind) {
      case 'loading':
        return html`<div class="panel empty" role="status">${this.text.loading}</div>`;
      case 'ready':
        return render(state.value);
      case 'failed':
        return html`
          <div class="problem" role="alert">
            <span>${problemText(this.text, state.code)}</span>
            <button @click=${() => polling.refresh()}>${this.text.retry}</button>
          </div>
          ${state.value === undefined ? nothing : render(state.value)}
        `;
    }
  }
}
