// What the pages of reports, surveys and answers share: their words, and how what went wrong is said.
import { ApiError } from '../api-client.ts';
import { PageElement } from '../page-element.ts';
import { type ReportWords, reportWords } from '../report-words.ts';
import { problemText } from '../text.ts';

export abstract class FormsPageElement extends PageElement {
  protected get words(): ReportWords {
    return reportWords[this.language];
  }

  /** Does it, says what came of it, and says plainly when it was refused. @returns whether it was done */
  protected async attempt(work: () => Promise<string | undefined>): Promise<boolean> {
    try {
      const message = await work();
      if (message !== undefined) this.notify({ message });
      return true;
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'fault';
      this.notify({ message: this.words.problems[code] ?? problemText(this.text, code) });
      return false;
    }
  }

  protected percent(part: number, whole: number): string {
    return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`;
  }
}
