// What the pages of reports, surveys and answers share: their words, and how what went wrong is said.
import { PageElement } from '../page-element.ts';
import { type ReportWords, reportWords } from '../report-words.ts';

export abstract class FormsPageElement extends PageElement {
  protected get words(): ReportWords {
    return reportWords[this.language];
  }

  protected override problemOf(code: string): string {
    return this.words.problems[code] ?? super.problemOf(code);
  }

  protected percent(part: number, whole: number): string {
    return whole === 0 ? '–' : `${((part / whole) * 100).toFixed(1)} %`;
  }
}
