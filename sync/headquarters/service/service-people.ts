// Who works on tasks: accounts that sign in, of the service desk or of the task's port.
import type { Role } from '../accounts/actor.ts';
import type { ServicePerson } from '../api/service-api.ts';
import type { Reader } from '../store/store.ts';

const desk: readonly Role[] = ['service-desk', 'manager'];

/** @returns in the order of their names */
export async function servicePeople(db: Reader): Promise<ServicePerson[]> {
  const accounts = await db
    .selectFrom('account')
    .select(['id', 'name', 'roles', 'ports'])
    .where('disabled_at', 'is', null)
    .orderBy('name')
    .execute();
  return accounts.flatMap(({ id, name, ...lists }) => {
    const roles = JSON.parse(lists.roles) as Role[];
    const isDesk = roles.some((role) => desk.includes(role));
    const ports = JSON.parse(lists.ports) as string[];
    return isDesk || roles.includes('port') ? [{ account: id, name, ports, isDesk }] : [];
  });
}

export async function areWorkers(db: Reader, accounts: readonly string[], port: string): Promise<boolean> {
  if (accounts.length === 0) return true;
  const may = (await servicePeople(db)).filter(({ isDesk, ports }) => isDesk || ports.includes(port));
  return accounts.every((account) => may.some((one) => one.account === account));
}
