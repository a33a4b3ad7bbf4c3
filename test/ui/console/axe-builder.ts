// Runs axe-core in a page that lets no foreign script in: through the debugger instead of a script element.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export class AxeBuilder {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** @returns each violation as `rule: where`, shadow roots included */
  async analyze(): Promise<string[]> {
    await this.#page.evaluate(source);
    const found = await this.#page.evaluate<{ id: string; nodes: { target: unknown }[] }[]>(
      'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa"] }).then(({ violations }) => violations)',
    );
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => String(target)).join(' | ')}`);
  }
}
