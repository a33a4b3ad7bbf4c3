// The floor of `swipe-to-screen`: a page that paints each WebSocket message as text, and its server.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const page = `<!doctype html><meta charset="utf-8"><title>echo</title>
<p revision="0">0</p>
<script>
  const p = document.querySelector('p');
  new WebSocket('ws://' + location.host).onmessage = ({ data }) => {
    p.textContent = data;
    p.setAttribute('revision', data);
  };
</script>
`;

export interface EchoPage {
  readonly url: string;
  /** Sends it to every page that is open. */
  send(text: string): void;
  close(): Promise<void>;
}

export async function openEchoPage(): Promise<EchoPage> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8').end(page);
  });
  const sockets = new WebSocketServer({ server });
  const open = new Set<WebSocket>();
  server.on('connection', (socket) => socket.setNoDelay(true));
  sockets.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    send: (text) => {
      for (const socket of open) socket.send(text);
    },
    close: async () => {
      for (const socket of open) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
