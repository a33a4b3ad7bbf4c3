// A sales state on a canvas: the colour and pattern that its word has everywhere else.
import type { ScreenOf } from '../../kiosk/screen.ts';

type State = ScreenOf<'unit'>['unit']['state'];
interface Size {
  readonly x: number;
  readonly y: number;
}

/**
 * @param size of one home with the gap beside it, in px
 * @returns draws one home with its upper left corner there
 */
export function drawState(
  context: CanvasRenderingContext2D,
  { colour, pattern }: State,
  size: Size,
): (x: number, y: number) => void {
  const width = Math.max(1, Math.round(size.x) - 1);
  const height = Math.max(1, Math.round(size.y) - 1);
  const tile = tileOf(colour, pattern, width, height);
  // a picture that is made once and copied
  return (x, y) => context.drawImage(tile, Math.round(x), Math.round(y));
}

function tileOf(colour: string, pattern: State['pattern'], width: number, height: number): OffscreenCanvas {
  const tile = new OffscreenCanvas(width, height);
  const context = tile.getContext('2d');
  if (!context) return tile;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.globalAlpha = pattern === 'plain' ? 0.45 : 1;
  if (pattern === 'plain' || pattern === 'solid') context.fillRect(0, 0, width, height);
  context.globalAlpha = 1;
  drawMarks(context, pattern, width, height);
  context.strokeRect(0.5, 0.5, width - 1, height - 1);
  return tile;
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
