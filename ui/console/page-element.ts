// What every page of the console is given, and how it shows that it waits or that reading failed.
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Me, Role } from '../../sync/headquarters/api/account-api.ts';
import { type ApiClient, ApiError } from './api-client.ts';
import { consoleStyle } from './console-style.ts';
import { pageStates } from './page-states.ts';
import type { Loaded, Polling } from './polling.ts';
import { type Language, problemText, type Texts, texts } from './text.ts';

/** A short message at the bottom of the window, with at most one thing to do about it. */
export interface Notice {
  readonly message: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** something was refused or failed: it stays until somebody has seen it */
  readonly isProblem?: boolean;
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

  /** The sentence for a refusal; a page with words of its own knows more. */
  protected problemOf(code: string): string {
    return problemText(this.text, code);
  }

  protected complain(error: unknown): void {
    const code = error instanceof ApiError ? error.code : 'fault';
    this.notify({ message: this.problemOf(code), isProblem: true });
  }

  /** Does it and says the sentence that came of it, if any. @returns whether it was done; if not, it was said why */
  protected async attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      const said = await work();
      if (typeof said === 'string' && said !== '') this.notify({ message: said });
      return true;
    } catch (error) {
      this.complain(error);
      return false;
    }
  }

  /** Shows the value with the problem above it, or that there is none yet. */
  protected renderLoaded<T>(polling: Polling<T>, render: (value: T) => TemplateResult): TemplateResult {
    const state: Loaded<T> = polling.state;
    switch (state.kind) {
      case 'loading':
        return pageStates.waiting(this.text);
      case 'ready':
        return render(state.value);
      case 'failed':
        return html`
          ${pageStates.problem(this.text, state.code, () => void polling.refresh())}
          ${state.value === undefined ? nothing : render(state.value)}
        `;
    }
  }
}
