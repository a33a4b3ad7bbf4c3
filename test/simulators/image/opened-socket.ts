// Opens a socket that QEMU listens at.
import { connect, type Socket } from 'node:net';

/** QEMU makes its sockets a moment after it starts. */
export async function openedSocket(path: string): Promise<Socket> {
  for (let tries = 0; ; tries += 1) {
    const socket = connect(path);
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (isOpen) return socket;
    if (tries === 600) throw new Error(`${path} does not open`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
