// Opens the line to the kiosk before the rest of the page is evaluated, so that both happen at once.

let first: WebSocket | undefined = openSocket();

export function openSocket(): WebSocket {
  const address = new URL('/ws', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(address);
}

/** The early one, once; it must be taken in the task that evaluates the page, before its first event. */
export function takeFirstSocket(): WebSocket | undefined {
  const socket = first;
  first = undefined;
  return socket;
}
