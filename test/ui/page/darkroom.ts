// What a page does for pictures that Node cannot: shrinks them, writes them as WebP and reads them back.

/**
 * @param picture base64 of a PNG, WebP or JPEG
 * @param shrunk times smaller in width and height
 * @param quality 0–1 of the WebP
 * @returns base64 of a WebP
 */
export async function asWebp(picture: string, shrunk: number, quality: number): Promise<string> {
  const image = await createImageBitmap(new Blob([bytesOf(picture)]));
  const canvas = new OffscreenCanvas(Math.round(image.width / shrunk), Math.round(image.height / shrunk));
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality });
  return base64Of(new Uint8Array(await blob.arrayBuffer()));
}

/** @returns `rgba` base64, four bytes a pixel, row by row */
export async function asPixels(picture: string): Promise<{ width: number; height: number; rgba: string }> {
  const image = await createImageBitmap(new Blob([bytesOf(picture)]));
  const { width, height } = image;
  const pen = new OffscreenCanvas(width, height).getContext('2d');
  if (!pen) throw new Error('no canvas');
  pen.drawImage(image, 0, 0);
  return { width, height, rgba: base64Of(pen.getImageData(0, 0, width, height).data) };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

function base64Of(bytes: Uint8Array | Uint8ClampedArray): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000)
    parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
}
