// The floor of `swipe-to-screen`: a page that paints each WebSocket message as text, and its server.
// Something on it moves all the time, as on the kiosk's first screen: a browser without a display stops its clock of
// frames on a still page and then starts it with the message, which would give the floor half a frame for nothing.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const page = `<!doctype html><meta charset="utf-8"><title>echo</title>
<style>
  i { display: block; width: 9px; height: 9px; background: #999; animation: blink 2s linear infinite alternate }
  @keyframes blink { to { opacity: 0.2 } }
</style>
<i></i>
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
