// As much of Node as a type behind the gallery's shows names; none of it runs in the page.
declare module 'node:crypto' {
  interface Hmac {
    update(text: string): Hmac;
    digest(): { subarray(from: number, to: number): { toString(encoding: 'base64url'): string } };
  }
  export function createHmac(algorithm: 'sha256', key: Uint8Array): Hmac;
}
