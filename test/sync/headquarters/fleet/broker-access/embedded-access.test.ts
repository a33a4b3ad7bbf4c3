// The contract of broker access on the broker inside headquarters.
import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { headquartersUser, openEmbeddedBroker } from '../../../../../sync/headquarters/embedded-broker.ts';
import { EmbeddedAccess } from '../../../../../sync/headquarters/fleet/broker-access/embedded-access.ts';
import { CertificateAuthority } from '../../../../../sync/headquarters/fleet/certificate-authority.ts';
import { brokerAccessContract, fleetTenant, lineOf } from '../../../../contracts/broker-access.ts';
import { fleetIdentity, openFleetLine, tlsOf } from '../../../../simulators/fleet-terminal.ts';

const password = 'headquarters-password';
const lifeMs = 30 * 24 * 3_600_000;

brokerAccessContract('the embedded broker', async (authority) => {
  const access = new EmbeddedAccess();
  const broker = await openEmbeddedBroker(0, fleetTenant, password, {
    name: 'localhost',
    host: '127.0.0.1',
    port: 0,
    root: authority.root,
    identity: () => authority.makeServer(['localhost', '127.0.0.1'], new Date(), lifeMs),
    access,
  });
  return {
    access,
    tlsUrl: broker.tlsUrl ?? '',
    headquarters: { url: broker.url, username: headquartersUser, password },
    close: () => broker.close(),
  };
});

it('S10 S13 with one place for handshakes all come in one after the other, past silent lines and half a hello, and who is revoked does not', async () => {
  const authority = await CertificateAuthority.open(
    await CertificateAuthority.make('fleet-test', new Date()),
  );
  const access = new EmbeddedAccess();
  const broker = await openEmbeddedBroker(0, fleetTenant, password, {
    name: 'localhost',
    host: '127.0.0.1',
    port: 0,
    root: authority.root,
    identity: () => authority.makeServer(['localhost', '127.0.0.1'], new Date(), lifeMs),
    access,
    handshakes: { atOnce: 1, atOncePerAddress: 1, waiting: 20, waitMs: 60_000, handshakeMs: 300 },
  });
  onTestFinished(() => broker.close());
  const tlsUrl = broker.tlsUrl ?? '';
  const stranger = async (bytes?: Buffer): Promise<void> => {
    const socket = connect(Number(new URL(tlsUrl).port), '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    if (bytes) socket.write(bytes);
  };
  await stranger();
  // the head of a TLS record that never comes whole
  await stranger(Buffer.from([0x16, 0x03, 0x01, 0x01, 0x00, 0x01]));
  const names = Array.from({ length: 10 }, (_, n) => `t${n}`);
  const terminals = await Promise.all(names.map((name) => fleetIdentity(authority, name)));
  for (const each of terminals) await access.grant(each.terminal, each);
  const [thief] = terminals;
  if (thief) await access.revoke(thief.terminal, [thief.serial], 'revoked');
  const lines = await Promise.all(
    terminals.map((each) => openFleetLine(tlsUrl, tlsOf(authority, each), { clientId: each.terminal })),
  );
  expect(lines.map((line) => line !== 'refused')).toEqual([false, ...Array.from({ length: 9 }, () => true)]);
  await Promise.all(lines.slice(1).map((line) => lineOf(line).close()));
});
