// Tries a broker with a certificate of headquarters' own: does it let it as far as MQTT, or end the TLS line?
import { MqttClient } from 'mqtt';
import { openMqttSocket } from '../../../mqtt-client.ts';
import type { ProbeIdentity } from './broker-access.ts';

/** `taken`: it got an answer to its CONNECT, whatever that said. */
export type ProbeResult = 'taken' | 'refused' | 'unreachable';

/**
 * @param url mqtts://host:port, as terminals have it
 * @param root PEM of the broker's certificate's root
 */
export function probeBroker(
  url: string,
  root: string,
  { certificate, privateKey }: ProbeIdentity,
  patienceMs: number,
): Promise<ProbeResult> {
  let wasReached = false;
  const tls = { ca: root, cert: certificate, key: privateKey };
  const client = new MqttClient(
    () => {
      const socket = openMqttSocket(url, tls, {});
      socket.once('connect', () => {
        wasReached = true;
      });
      return socket;
    },
    {
      protocolId: 'MQTT',
      protocolVersion: 4,
      clean: true,
      reconnectPeriod: 0,
      connectTimeout: patienceMs,
      clientId: `probe-${process.pid}`,
    },
  );
  return new Promise((resolve) => {
    let result: ProbeResult | undefined;
    client.once('connect', () => {
      result = 'taken';
      client.end(true);
    });
    client.on('error', (error) => {
      // the number of a CONNACK: the TLS line was good
      if (typeof (error as { code?: unknown }).code === 'number') result = 'taken';
      client.end(true);
    });
    client.once('close', () => resolve(result ?? (wasReached ? 'refused' : 'unreachable')));
  });
}
