// Devices of a fleet as they stand in headquarters' tables once they are enrolled, for tests that need many or need no door.
import type { Store } from '../../sync/headquarters/store/store.ts';
import type { FleetIdentity } from './fleet-terminal.ts';

/** As enrolment leaves it. */
export async function enrolDevices(store: Store, identities: readonly FleetIdentity[]): Promise<void> {
  const at = new Date().toISOString();
  await store.transaction(async (tx) => {
    await store.insert(
      tx,
      'device',
      identities.map(({ terminal, publicKey }) => ({
        id: terminal,
        code: terminal.toUpperCase(),
        site: 'jinshang',
        project: null,
        model: 'pi5-21',
        ring: 'rest',
        expected_serial: null,
        state: 'enrolled',
        serial: `board-${terminal}`,
        board: null,
        public_key: publicKey,
        enrolled_at: at,
        imported_at: at,
        note: '',
      })),
    );
    await store.insert(
      tx,
      'certificate',
      identities.map(({ terminal, serial, publicKey, notAfter, certificate }) => ({
        serial,
        device: terminal,
        public_key: publicKey,
        not_after: notAfter.toISOString(),
        issued_at: at,
        pem: certificate,
        proven_at: null,
        revoked_at: null,
        reason: null,
      })),
    );
  });
}
