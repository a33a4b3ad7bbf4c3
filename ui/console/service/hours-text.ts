// Opening hours as people type them: `09:00-12:00 13:30-18:00`, nothing for closed; days as lines.

export interface Span {
  readonly from: string;
  readonly to: string;
}

export function hoursText(spans: readonly Span[]): string {
  return spans.map(({ from, to }) => `${from}-${to}`).join(' ');
}

/** What is no span stays as it was typed: headquarters refuses it. */
export function readHours(text: string): Span[] {
  return text
    .split(/[\s,，;；]+/)
    .filter(Boolean)
    .map((span) => {
      const [from = '', to = ''] = span.split(/[-–—~至]/);
      return { from: fullTime(from), to: fullTime(to) };
    });
}

export function readDays(text: string): string[] {
  return [...new Set(text.split(/[\s,，;；]+/).filter(Boolean))].sort();
}

/** `9:00` is `09:00` */
function fullTime(time: string): string {
  const plain = time.trim().replace('：', ':');
  return /^\d:\d\d$/.test(plain) ? `0${plain}` : plain;
}
