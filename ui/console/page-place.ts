// Which page of the console the address names: `#/requests` or `#/requests/{about}`.

export interface PagePlace {
  readonly tab: string;
  readonly about: string | undefined;
}

export function readPlace(hash: string): PagePlace | undefined {
  const [, tab, about] = /^#\/([a-z0-9-]+)(?:\/(.+))?$/.exec(hash) ?? [];
  if (tab === undefined) return undefined;
  return { tab, about: about === undefined ? undefined : decode(about) };
}

export function placeHash(tab: string, about?: string): string {
  return about === undefined ? `#/${tab}` : `#/${tab}/${encodeURIComponent(about)}`;
}

/** What somebody wrote into the address by hand need not be well-formed. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
