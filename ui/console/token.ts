// Where the API token of this tab comes from and is kept: never in the address, never longer than the tab.

const key = 'yingbin-token';

/** Takes a token that stands in the address as `#token=…` out of it; otherwise the one that this tab had. */
export function takeToken(): string | undefined {
  const given = /^#token=([A-Za-z0-9_-]{16,200})$/.exec(location.hash)?.[1];
  if (given !== undefined) {
    sessionStorage.setItem(key, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return given ?? sessionStorage.getItem(key) ?? undefined;
}

export function keepToken(token: string): void {
  sessionStorage.setItem(key, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(key);
}
