// One MQTT connection: the socket, the bytes let through, and what CONNECT asks for. It never reconnects by itself.
import { connect as connectTcp, isIP, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type IClientOptions, MqttClient } from 'mqtt';
import type { MqttVersion } from './broker-addresses.ts';
import { maxFrameBytes } from './contract/frame.ts';
import type { LinkOptions } from './link.ts';
import { maxPacketBytes, mqttFrameGuard } from './mqtt-frame-guard.ts';

/** How the socket did; the client itself tells only that it closed. */
export interface SocketEvents {
  readonly onConnected: () => void;
  readonly onTooLarge: () => void;
  /** the other side said goodbye, as opposed to a line that broke */
  readonly onEnd: () => void;
}

/** A broker may have this many messages for us on their way. */
const receiveMaximum = 256;

export function openMqttClient(
  url: string,
  version: MqttVersion,
  options: LinkOptions,
  events: SocketEvents,
): MqttClient {
  const { clientId, username, password, keepAliveMs, connectTimeoutMs } = options;
  return new MqttClient(() => openMqttSocket(url, options.tls, events), {
    protocolId: 'MQTT',
    protocolVersion: version,
    clean: true,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    clientId,
    keepalive: Math.ceil(keepAliveMs / 1000),
    connectTimeout: connectTimeoutMs,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...willOf(options, version),
    ...(version === 5 ? { properties: sessionProperties(options) } : {}),
  });
}

function willOf({ will }: LinkOptions, version: MqttVersion): Pick<IClientOptions, 'will'> {
  if (!will) return {};
  const { topic, payload, delayMs = 0 } = will;
  return {
    will: {
      topic,
      payload: Buffer.from(payload),
      qos: 1,
      retain: true,
      ...(version === 5 && delayMs > 0 ? { properties: { willDelayInterval: seconds(delayMs) } } : {}),
    },
  };
}

/** The session ends with the last will: nothing that waits in it is ever wanted. */
function sessionProperties({ will }: LinkOptions): NonNullable<IClientOptions['properties']> {
  const sessionExpiryInterval = seconds(will?.delayMs ?? 0);
  // a broker keeps to itself what is larger, so nobody can end our connection with it
  return { sessionExpiryInterval, receiveMaximum, maximumPacketSize: maxPacketBytes };
}

export function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}

/** @returns a socket that sends small packets at once */
export function openMqttSocket(
  url: string,
  tls: LinkOptions['tls'],
  events: Partial<SocketEvents> = {},
): Socket {
  const { protocol, hostname, port } = new URL(url);
  // an address in brackets is one for the URL only
  const host = hostname.replace(/^\[|\]$/g, '');
  const isTls = protocol === 'mqtts:';
  const socket = isTls
    ? openTlsSocket(host, Number(port || 8883), tls)
    : connectTcp({ host, port: Number(port || 1883) });
  // one small packet at a time and delayed acknowledgements would make every fact wait 40 ms
  socket.setNoDelay(true);
  socket.once(isTls ? 'secureConnect' : 'connect', () => events.onConnected?.());
  socket.once('end', () => events.onEnd?.());
  const isWithinLimits = mqttFrameGuard(maxFrameBytes);
  socket.on('data', (chunk: Buffer) => {
    if (isWithinLimits(chunk)) return;
    events.onTooLarge?.();
    socket.destroy();
  });
  return socket;
}

/** Files that cannot be read make a connection that failed, like a line that is down. */
function openTlsSocket(host: string, port: number, tls: LinkOptions['tls']): Socket {
  // an address is no name: Node checks it against the certificate by itself
  const servername = isIP(host) === 0 ? host : '';
  try {
    const shown = typeof tls === 'function' ? tls() : tls;
    return connectTls({ host, port, servername, ...shown, rejectUnauthorized: true });
  } catch (cause) {
    return new Socket().destroy(cause as Error);
  }
}
