// What the pages of events and lists share: their words, how a refusal is said, and how a file is saved.
import { type ActivityWords, activityTexts } from '../activity-words.ts';
import { ApiError } from '../api-client.ts';
import { PageElement } from '../page-element.ts';
import { problemText } from '../text.ts';

export abstract class ActivityPageElement extends PageElement {
  protected get words(): ActivityWords {
    return activityTexts[this.language];
  }

  /** @returns whether it was done; otherwise it was said why not */
  protected async attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const code = error instanceof ApiError ? error.code : 'fault';
      this.notify({ message: this.words.problems[code] ?? problemText(this.text, code) });
      return false;
    }
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
