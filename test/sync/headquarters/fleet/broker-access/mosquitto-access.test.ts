// The contract of broker access on a real mosquitto, set up with the files that the product writes.
import { brokerAccessContract, fleetTenant } from '../../../../contracts/broker-access.ts';
import { startFleetMosquitto } from '../../../../simulators/fleet-mosquitto.ts';

brokerAccessContract('mosquitto', async (authority) => {
  const broker = await startFleetMosquitto(authority, fleetTenant);
  return { ...broker, access: broker.openAccess() };
});
