// A mail server that keeps what it gets: enough SMTP for one letter at a time, and it can refuse.

import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

export interface MailServer {
  readonly port: number;
  readonly letters: { readonly from: string; readonly to: string; readonly data: string }[];
  /** says this instead of taking the next letters, until set to undefined */
  refusal: string | undefined;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    serve(socket, mail);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const mail: MailServer = {
    port: typeof address === 'object' && address ? address.port : 0,
    letters: [],
    refusal: undefined,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return mail;
}

function serve(socket: Socket, mail: MailServer): void {
  let text = '';
  let isData = false;
  let [from, to] = ['', ''];
  socket.setEncoding('utf8');
  socket.write('220 test ESMTP\r\n');
  socket.on('data', (chunk: string) => {
    text += chunk;
    for (;;) {
      const end = text.indexOf(isData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const line = text.slice(0, end);
      text = text.slice(end + (isData ? 5 : 2));
      if (isData) {
        isData = false;
        mail.letters.push({ from, to, data: line });
        socket.write('250 taken\r\n');
        continue;
      }
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'MAIL') from = /<(.*)>/.exec(line)?.[1] ?? '';
      if (word === 'RCPT') to = /<(.*)>/.exec(line)?.[1] ?? '';
      if (word === 'RCPT' && mail.refusal !== undefined) {
        socket.write(`${mail.refusal}\r\n`);
      } else if (word === 'DATA') {
        isData = true;
        socket.write('354 go on\r\n');
      } else if (word === 'QUIT') {
        socket.end('221 bye\r\n');
      } else socket.write('250 fine\r\n');
    }
  });
}
