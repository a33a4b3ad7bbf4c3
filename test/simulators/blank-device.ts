// A board without a name at headquarters' door: makes its key, asks over HTTPS with the pinned root, and shows its certificate.
import { request } from 'node:https';
import type { Board, EnrolAnswer } from '../../sync/contract/enrolment.ts';
import { makeCsr } from '../sync/headquarters/fleet/csr.ts';

export interface DoorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
}
/** PEM of both */
export interface ClientPair {
  readonly certificate: string;
  readonly privateKey: string;
}
export interface DoorAsk {
  readonly method?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
  readonly pair?: ClientPair | undefined;
  readonly maxVersion?: 'TLSv1.2' | 'TLSv1.3';
}
/** `https://host:port` and the root that is believed (PEM). */
export interface DoorAt {
  readonly url: string;
  readonly root: string;
}

/** Over a line of its own. @throws what TLS or the line says */
export async function askDoor({ url, root }: DoorAt, path: string, ask: DoorAsk = {}): Promise<DoorAnswer> {
  const { method = ask.body === undefined ? 'GET' : 'POST', body, headers = {}, pair, maxVersion } = ask;
  return await new Promise((resolve, reject) => {
    const asking = request(
      `${url}${path}`,
      {
        method,
        agent: false,
        ca: root,
        headers: {
          ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
        ...(pair ? { cert: pair.certificate, key: pair.privateKey } : {}),
        ...(maxVersion ? { maxVersion } : {}),
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', reject);
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes: Buffer.concat(parts),
          }),
        );
      },
    );
    asking.once('error', reject);
    asking.end(body);
  });
}

export interface BlankDevice {
  readonly csr: string;
  readonly privateKey: string;
  readonly board: Board;
}

export async function blankDevice(serial: string): Promise<BlankDevice> {
  return { ...(await makeCsr()), board: { model: 'Raspberry Pi 5', serial, architecture: 'arm64' } };
}

export function enrolBody(
  device: BlankDevice,
  claim: { readonly terminal: string; readonly claim: string } | null,
): object {
  return {
    v: 1,
    terminal: claim?.terminal ?? null,
    claim: claim?.claim ?? null,
    csr: device.csr,
    board: device.board,
    boot: `boot-of-${device.board.serial}`,
    version: '0.1.0',
  };
}

export async function enrol(
  door: DoorAt,
  device: BlankDevice,
  claim: { readonly terminal: string; readonly claim: string } | null,
): Promise<EnrolAnswer & { readonly status: number }> {
  return await post(door, '/enrol', enrolBody(device, claim));
}

/** @returns the pair that the device has from now on */
export async function renew(
  door: DoorAt,
  pair: ClientPair,
): Promise<{ readonly pair: ClientPair; readonly answer: EnrolAnswer & { readonly status: number } }> {
  const { csr, privateKey } = await makeCsr();
  const answer = await post(door, '/renew', { v: 1, csr }, pair);
  return { pair: pairOf(answer, privateKey), answer };
}

/** An empty certificate when it was not let in. */
export function pairOf(answer: EnrolAnswer, privateKey: string): ClientPair {
  return { certificate: answer.kind === 'enrolled' ? (answer.certificates[0] ?? '') : '', privateKey };
}

async function post(
  door: DoorAt,
  path: string,
  body: object,
  pair?: ClientPair,
): Promise<EnrolAnswer & { readonly status: number }> {
  const { status, bytes } = await askDoor(door, path, {
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
    pair,
  });
  return { ...(JSON.parse(bytes.toString()) as EnrolAnswer), status };
}
