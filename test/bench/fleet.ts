// Row `fleet`: what a thousand terminals ask of headquarters at once.
import { fleetEnrolments } from './fleet-enrolments.ts';
import { fleetSessions } from './fleet-sessions.ts';
import { fleetTwins } from './fleet-twins.ts';
import type { MeasureRow } from './row.ts';

const parts: readonly MeasureRow[] = [fleetEnrolments, fleetSessions, fleetTwins];

export const fleetRow: MeasureRow = async (options) => {
  const rows = [];
  for (const part of parts) rows.push(...(await part(options)));
  return rows;
};
