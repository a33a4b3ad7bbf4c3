// Who this terminal is: one folder with its key and certificate in one file, so that there is never half a pair.
// `terminal.pem` is in use, `next.pem` is on its way: first a key alone, then with its certificate; one rename switches.
import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { BoardSigns } from '../device/board.ts';
import { type DoorFile, doorFileSchema, type Enrolled, enrolledSchema } from '../sync/contract/enrolment.ts';
import { replaceFile, syncFolderOf } from '../sync/durable-file.ts';
import { makePrivateKey, readPrivateKey } from './certificate-request.ts';

/** A key with its certificate. */
export interface Pair {
  /** the certificate's common name */
  readonly terminal: string;
  /** hex */
  readonly serial: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** key and certificates, PEM: fit for either place of a TLS line */
  readonly pem: string;
}

/** The key that asks for a certificate; `pair` when it has one that is not proven yet. */
export interface NextKey {
  readonly privateKey: KeyObject;
  readonly pair: Pair | null;
}

/**
 * `blank`: nobody yet, or on the way; `enrolled`; `torn`: what is here is none, a disk rots; `foreign`: the card was
 * copied or moved, the identity is of another board; `left`: somebody at the screen gave it up.
 */
export type IdentityKind = 'blank' | 'enrolled' | 'torn' | 'foreign' | 'left';

const markSchema = v.object({ v: v.literal(1), serial: v.string() });

export class Identity {
  readonly folder: string;
  readonly rootFile: string;
  readonly pairFile: string;
  readonly #next: string;
  readonly #answer: string;
  readonly #mark: string;
  readonly #door: string;
  readonly #claim: string;
  readonly #left: string;

  constructor(folder: string) {
    this.folder = folder;
    this.rootFile = join(folder, 'root.pem');
    this.pairFile = join(folder, 'terminal.pem');
    this.#next = join(folder, 'next.pem');
    this.#answer = join(folder, 'enrolled.json');
    this.#mark = join(folder, 'board.json');
    this.#door = join(folder, 'door.json');
    this.#claim = join(folder, 'used-claim');
    this.#left = join(folder, 'left');
  }

  /** What is found on this board. A board that does not say its serial is believed. */
  kindOn({ serial }: BoardSigns): IdentityKind {
    const mark = parsed(markSchema, readText(this.#mark));
    const isForeign = mark !== undefined && mark.serial !== '' && serial !== '' && mark.serial !== serial;
    if (isForeign) return 'foreign';
    if (existsSync(this.#left)) return 'left';
    if (this.current()) return 'enrolled';
    return existsSync(this.pairFile) ? 'torn' : 'blank';
  }

  /** The pair in use. */
  current(): Pair | null {
    return readPair(readText(this.pairFile), this.root());
  }

  next(): NextKey | null {
    const text = readText(this.#next);
    const privateKey = readPrivateKey(text);
    return privateKey ? { privateKey, pair: readPair(text, this.root()) } : null;
  }

  /** A fresh key, on disk before anybody hears of it: a power cut asks again with the same. */
  makeNext({ serial }: BoardSigns): NextKey {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    chmodSync(this.folder, 0o700);
    if (!existsSync(this.pairFile)) replaceFile(this.#mark, `${JSON.stringify({ v: 1, serial })}\n`);
    replaceFile(this.#next, makePrivateKey());
    const next = this.next();
    if (!next) throw new Error('a key that was just written cannot be read');
    return next;
  }

  /**
   * The certificate came: kept beside its key, not in use yet.
   * @returns undefined when it is not for this key, not for `terminal`, or not of that root; then nothing is written
   */
  keepNext({ privateKey }: NextKey, answer: Enrolled): Pair | undefined {
    const key = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const pem = `${key.trim()}\n${answer.certificates.map((one) => one.trim()).join('\n')}\n`;
    const pair = readPair(pem, this.root());
    if (pair?.terminal !== answer.terminal) return undefined;
    replaceFile(this.#answer, `${JSON.stringify(answer)}\n`);
    replaceFile(this.#next, pem);
    return pair;
  }

  /** The next pair works: it is the one in use from now on. */
  promote(): void {
    renameSync(this.#next, this.pairFile);
    syncFolderOf(this.pairFile);
  }

  /** Names the claim that let this terminal in, where its file cannot be removed. */
  usedClaim(): string {
    return readText(this.#claim).trim();
  }

  noteClaim(hash: string): void {
    replaceFile(this.#claim, `${hash}\n`);
  }

  /** The next key is of no use any more. */
  forgetNext(): void {
    if (!existsSync(this.#next)) return;
    rmSync(this.#next);
    syncFolderOf(this.#next);
  }

  /** PEM, or nothing. */
  root(): string {
    return readText(this.rootFile);
  }

  /** Where headquarters' door is, and by which root it is known. */
  door(): DoorFile | undefined {
    return parsed(doorFileSchema, readText(this.#door));
  }

  /** @param root PEM, of the hash that the door is known by */
  keepDoor(door: DoorFile, root: string): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    chmodSync(this.folder, 0o700);
    replaceFile(this.rootFile, root);
    replaceFile(this.#door, `${JSON.stringify(door)}\n`);
  }

  /** What headquarters told with the newest certificate. */
  answer(): Enrolled | undefined {
    return parsed(enrolledSchema, readText(this.#answer));
  }

  /** From the next start on it is nobody's: headquarters is asked anew. */
  leave(): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    replaceFile(this.#left, '');
  }

  /** It is not of this board, or no use: kept for whoever looks into it, and out of the way. */
  setAside(why: 'foreign' | 'torn' | 'left'): void {
    const aside = `${this.folder}-${why}`;
    rmSync(aside, { recursive: true, force: true });
    renameSync(this.folder, aside);
    syncFolderOf(this.folder);
  }
}

/** SHA-256 of a certificate (DER), in hex; empty when it is none. */
export function certificateHash(pem: string): string {
  const certificate = readCertificate(pem);
  return certificate ? createHash('sha256').update(certificate.raw).digest('hex') : '';
}

/** @returns null unless key and certificate belong together and the certificate is of that root */
function readPair(pem: string, root: string): Pair | null {
  const privateKey = readPrivateKey(pem);
  const certificate = readCertificate(pem);
  const authority = readCertificate(root);
  if (!privateKey || !certificate || !authority) return null;
  if (!certificate.checkPrivateKey(privateKey) || !certificate.verify(authority.publicKey)) return null;
  const terminal = /^CN=(.+)$/m.exec(certificate.subject)?.[1];
  if (terminal === undefined) return null;
  return {
    terminal,
    serial: certificate.serialNumber.toLowerCase(),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
    pem,
  };
}

function readCertificate(pem: string): X509Certificate | undefined {
  // the first of several, and none of the key before it
  const [text] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(pem) ?? [];
  try {
    return text === undefined ? undefined : new X509Certificate(text);
  } catch {
    return undefined;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // no such file, or the folder is none: as good as nothing there; anything else must not look like it
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return '';
    throw error;
  }
}

function parsed<const S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | undefined {
  try {
    const result = v.safeParse(schema, JSON.parse(text));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
