// A sales state on a canvas: the colour and pattern that its word has everywhere else.
import type { ScreenOf } from '../../kiosk/screen.ts';

type State = ScreenOf<'unit'>['unit']['state'];
interface Size {
  /** of one home with the gap beside it, in whole px */
  readonly x: number;
  readonly y: number;
}

/** What homes of a state are filled with on a grid of that size: so a row of them is one rectangle. */
export function stateFill(
  context: CanvasRenderingContext2D,
  { colour, pattern }: State,
  { x, y }: Size,
): CanvasPattern | string {
  const tile = new OffscreenCanvas(x, y);
  const pen = tile.getContext('2d');
  if (!pen) return colour;
  // a gap where there is room for one
  const [width, height] = [x > 2 ? x - 1 : x, y > 2 ? y - 1 : y];
  pen.beginPath();
  pen.rect(0, 0, width, height);
  pen.clip();
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = colour;
  pen.strokeStyle = colour;
  pen.globalAlpha = pattern === 'plain' ? 0.45 : 1;
  if (pattern === 'plain' || pattern === 'solid') pen.fillRect(0, 0, width, height);
  pen.globalAlpha = 1;
  drawMarks(pen, pattern, width, height);
  if (width > 3) pen.strokeRect(0.5, 0.5, width - 1, height - 1);
  return context.createPattern(tile, 'repeat') ?? colour;
}

function drawMarks(
  context: OffscreenCanvasRenderingContext2D,
  pattern: State['pattern'],
  width: number,
  height: number,
): void {
  const long = width + height;
  context.beginPath();
  for (let at = 2; at < long; at += 5) {
    switch (pattern) {
      case 'dots':
        for (let y = 2; y < height; y += 5) context.rect(at, y, 2, 2);
        break;
      case 'grid':
        context.rect(at, 0, 1, height);
        context.rect(0, at, width, 1);
        break;
      case 'stripes':
        context.moveTo(at, 0);
        context.lineTo(at - height, height);
        break;
      case 'cross':
        context.moveTo(at, 0);
        context.lineTo(at - height, height);
        context.moveTo(at - height, 0);
        context.lineTo(at, height);
        break;
      case 'plain':
      case 'solid':
      case 'empty':
    }
  }
  context.lineWidth = pattern === 'stripes' ? 2 : 1;
  if (pattern === 'dots' || pattern === 'grid') context.fill();
  else context.stroke();
  context.lineWidth = 1;
}
