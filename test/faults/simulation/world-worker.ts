// A thread that lives through the virtual weeks it is told.
import { parentPort } from 'node:worker_threads';
import { runSyncWorld, type WorldOptions } from '../../simulators/sync-world/sync-world.ts';

parentPort?.on('message', (options: WorldOptions) => parentPort?.postMessage(runSyncWorld(options)));
