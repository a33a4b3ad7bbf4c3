// Which processes `--workers N` means, and whether this config can have several.
import type { HeadquartersConfig } from '../config.ts';
import { HeadquartersError } from '../headquarters-error.ts';
import type { ProcessPlan } from './supervisor.ts';

const maxWorkers = 64;

export interface SeveralProcesses {
  readonly configFile: string;
  readonly storeUrl: string | undefined;
  /** as it was typed */
  readonly workers: string;
  readonly importFile: string | undefined;
}

/**
 * The desk first: it brings the tables and the imported file in order before any worker opens them.
 * @throws HeadquartersError hq-workers-wrong
 */
export function processPlans(
  { store, broker }: HeadquartersConfig,
  { configFile, storeUrl, workers, importFile }: SeveralProcesses,
): ProcessPlan[] {
  const count = /^\d{1,2}$/.test(workers) ? Number(workers) : 0;
  const isShared = storeUrl === undefined ? store.kind === 'postgres' : !storeUrl.startsWith('sqlite:');
  if (count < 1 || count > maxWorkers) {
    throw new HeadquartersError('hq-workers-wrong', `--workers must be 1 to ${maxWorkers}.`);
  }
  if (!isShared) {
    throw new HeadquartersError(
      'hq-workers-wrong',
      'Several workers need a database that they can share: name a PostgreSQL with --store, or leave --workers away.',
    );
  }
  if (broker.kind === 'embedded') {
    throw new HeadquartersError(
      'hq-workers-wrong',
      'Several workers need a broker that they can share: set broker.kind to external, or leave --workers away.',
    );
  }
  const args = ['--config', configFile];
  const importing = importFile === undefined ? {} : { firstArgs: ['--import', importFile] };
  return [
    { name: 'desk', args: [...args, '--part', 'desk'], ...importing },
    ...Array.from({ length: count }, (_, n) => ({
      name: `worker-${n + 1}`,
      args: [...args, '--part', 'worker'],
    })),
  ];
}
