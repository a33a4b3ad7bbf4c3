// Report descriptors as real readers have them: sizes, offsets and usages of the makers' manuals and the HID tables.

const magneticHead = '0600ff 0901 a101 1500 26ff00 7508';
const statusLengthsAndType = '0920 0921 0922 0928 0929 092a 0938 9507 8102';
const tracksOf = (bytes: string) =>
  ['30', '31', '32'].map((usage) => `09${usage} 95${bytes} 820201`).join(' ');

const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(/\s/g, ''), 'hex');

/** 337 bytes: status, lengths and type, then three tracks of 110 bytes; a feature report for commands. */
export const magtekDescriptor = bytesOf(
  `${magneticHead} ${statusLengthsAndType} ${tracksOf('6e')} 0920 9518 b20201 c0`,
);
/** one byte more: the card's direction */
export const magtekInsertionDescriptor = bytesOf(
  `${magneticHead} ${statusLengthsAndType} ${tracksOf('6e')} 0939 9501 8102 c0`,
);
/** tracks of 112 bytes, the card's status, 32 bits of MagnePrint status, its length and 128 bytes of it */
export const magnePrintDescriptor = bytesOf(
  `${magneticHead} ${statusLengthsAndType} ${tracksOf('70')} 0939 9501 8102 7520 0923 9501 8102 7508 092b 9501 8102 0933 9580 820201 c0`,
);
/** 509 bytes: status, lengths, type, total length of two bytes, 500 bytes of output */
export const idTechDescriptor = bytesOf(`${magneticHead} 0920 96fd01 8102 c0`);
/**
 * HID-POS, report 3, in no usual order: two filling bytes, lengths of tracks 3, 1 and 2, track 2 of 40 bytes, a filling
 * byte, track 1 of 79 bytes, the Japanese track, track 3 of 107 bytes; 4 is the report of something else.
 */
export const hidPosDescriptor = bytesOf(
  '058e 0901 a101 1500 26ff00 7508 8504 0910 9502 8102 8503 9502 8101 0913 0911 0912 9503 8102 0922 9528 820201 9501 8101 0921 954f 820201 0914 9501 8102 0924 9510 820201 0923 956b 820201 c0',
);
export const hidPosPlaces = {
  reportId: 3,
  lengths: { 1: 3, 2: 4, 3: 2 },
  data: { 1: 46, 2: 5, 3: 142 },
  bytes: 249,
} as const;

/** The boot keyboard of HID 1.11, appendix B.1: modifiers, a filling byte, six keys; the lamps are an output. */
export const bootKeyboardDescriptor = bytesOf(
  '0501 0906 a101 0507 19e0 29e7 1500 2501 7501 9508 8102 9501 7508 8101 9505 7501 0508 1901 2905 9102 9501 7503 9101 9506 7508 1500 2565 0507 1900 2965 8100 c0',
);
/** Any number of keys at once: report 2, modifiers and a bit for each of 120 keys. */
export const bitmapKeyboardDescriptor = bytesOf(
  '0501 0906 a101 8502 0507 19e0 29e7 1500 2501 7501 9508 8102 1900 2977 9578 8102 c0',
);
export const mouseDescriptor = bytesOf(
  '0501 0902 a101 0901 a100 0509 1901 2903 1500 2501 9503 7501 8102 9501 7505 8101 0501 0930 0931 1581 257f 7508 9502 8106 c0 c0',
);
