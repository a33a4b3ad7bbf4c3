// The contract of broker access on the broker inside headquarters.
import { headquartersUser, openEmbeddedBroker } from '../../../../../sync/headquarters/embedded-broker.ts';
import { EmbeddedAccess } from '../../../../../sync/headquarters/fleet/broker-access/embedded-access.ts';
import { brokerAccessContract, fleetTenant } from '../../../../contracts/broker-access.ts';

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
