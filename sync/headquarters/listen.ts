// Opens a port, and says in one sentence why one cannot be opened.
import type { Server } from 'node:net';
import { HeadquartersError } from './headquarters-error.ts';

/**
 * @param key what the port is called in the config
 * @throws HeadquartersError hq-port-in-use | hq-port-refused
 */
export async function listen(server: Server, port: number, host: string, key: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, key)));
    server.listen({ host, port }, resolve);
  });
}

/** Of a server that listens. */
export function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** One sentence for a port that cannot be listened on. */
export function listenError(error: NodeJS.ErrnoException, port: number, key: string): HeadquartersError {
  return error.code === 'EADDRINUSE'
    ? new HeadquartersError(
        'hq-port-in-use',
        `${key} ${port} is in use by another program; stop it or choose another port.`,
        { cause: error },
      )
    : new HeadquartersError(
        'hq-port-refused',
        `${key} ${port} cannot be listened on (${error.code ?? 'unknown'}); choose a port from 1024 up.`,
        { cause: error },
      );
}
