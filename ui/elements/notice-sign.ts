// The head of a screen that tells one thing: a drawing, and the sign that says of what kind it is.
import { html, type TemplateResult } from 'lit';
import { type IconName, icon } from './icons.ts';
import './k-drawing.ts';
import type { LinePicture } from './line-pictures.ts';

/** Stands in `noticeStyles`. */
export function noticeSign(sign: IconName, picture: LinePicture = 'desk'): TemplateResult {
  return html`<k-drawing class="scene" name=${picture}></k-drawing>
    <div class="sign">${icon(sign)}</div>`;
}
