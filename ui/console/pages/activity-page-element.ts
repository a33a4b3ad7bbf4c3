// What the pages of events and lists share: their words, how a refusal is said, and how a file is saved.
import { type ActivityWords, activityTexts } from '../activity-words.ts';
import { PageElement } from '../page-element.ts';

export abstract class ActivityPageElement extends PageElement {
  protected get words(): ActivityWords {
    return activityTexts[this.language];
  }

  protected override problemOf(code: string): string {
    return this.words.problems[code] ?? super.problemOf(code);
  }

  protected async save(path: string, name: string): Promise<void> {
    await this.attempt(async () => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await this.api.download(path));
      link.download = name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    });
  }
}
