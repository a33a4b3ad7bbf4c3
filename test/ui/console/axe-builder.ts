// Runs axe-core in a page that lets no foreign script in: through the debugger instead of a script element.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface AxeWish {
  /** hosts of shadow roots from the document down, and last what is looked at; left out = the whole page */
  readonly inside?: readonly string[];
  /** left out = WCAG 2.0–2.2, A and AA */
  readonly rules?: readonly string[];
}

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] as const;

export class AxeBuilder {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** @returns each violation as `rule: where`, shadow roots included */
  async analyze({ inside, rules = wcag }: AxeWish = {}): Promise<string[]> {
    if (!(await this.#page.evaluate('"axe" in window'))) await this.#page.evaluate(source);
    const context =
      inside === undefined ? 'document' : JSON.stringify({ include: { fromShadowDom: inside } });
    const options = JSON.stringify({ runOnly: rules, resultTypes: ['violations'] });
    const found = await this.#page.evaluate<{ id: string; nodes: { target: unknown }[] }[]>(
      `axe.run(${context}, ${options}).then(({ violations }) => violations)`,
    );
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(' | ')}`);
  }
}
