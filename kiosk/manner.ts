// CONTRACT kiosk↔ui: how a session is shown and heard (large text, contrast, reach, sound). Part of screen.ts.
import * as v from 'valibot';

export const volumes = [0, 1, 2, 3] as const;

const parts = {
  /** `large` is 长辈版: twice the size, one column, twice the time */
  text: v.picklist(['normal', 'large']),
  contrast: v.picklist(['normal', 'high']),
  /** `low`: everything is where somebody seated can touch it */
  reach: v.picklist(['full', 'low']),
  /** 0 = mute */
  volume: v.picklist(volumes),
  /** headings are spoken, where the browser has a voice */
  isSpoken: v.boolean(),
};
export const mannerSchema = v.object(parts);
export type Manner = v.InferOutput<typeof mannerSchema>;
/** What a person chose, or a site sets: the rest stays as it is. */
export const mannerChoice = v.strictObject({
  text: v.exactOptional(parts.text),
  contrast: v.exactOptional(parts.contrast),
  reach: v.exactOptional(parts.reach),
  volume: v.exactOptional(parts.volume),
  isSpoken: v.exactOptional(parts.isSpoken),
});
export type MannerChoice = v.InferOutput<typeof mannerChoice>;

/** The panel as it is built in; what is large enough and within reach is told in millimetres. */
export const displaySchema = v.strictObject({
  /** of the picture, as it stands: not of the housing */
  widthMm: v.pipe(v.number(), v.minValue(100), v.maxValue(3_000)),
  /** the picture's lower edge above the floor */
  bottomMm: v.pipe(v.number(), v.minValue(0), v.maxValue(2_000)),
});
export type Display = v.InferOutput<typeof displaySchema>;

export const plainManner: Manner = {
  text: 'normal',
  contrast: 'normal',
  reach: 'full',
  volume: 2,
  isSpoken: false,
};
