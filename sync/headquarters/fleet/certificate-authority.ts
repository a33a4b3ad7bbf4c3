// Headquarters' own certificate authority: the root that terminals are pinned to, their leaves, the broker's and the door's.
import 'reflect-metadata';
import { createHash, randomBytes, webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  cryptoProvider,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  Pkcs10CertificateRequest,
  PublicKey,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509';

cryptoProvider.set(webcrypto);

const keyKind = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const signing = { ...keyKind, hash: 'SHA-256' } as const;
/** Clocks of blank terminals are behind rather than ahead. */
const backDatedMs = 24 * 3_600_000;
const rootLifeMs = 20 * 365 * 24 * 3_600_000;
/** A revocation list that ran out would lock everybody out: it is made anew every day, and lives for thirty. */
export const listLifeMs = 30 * 24 * 3_600_000;

/** PEM of both; the key as PKCS #8. */
export interface KeptRoot {
  readonly certificate: string;
  readonly privateKey: string;
}

export interface Leaf {
  /** PEM */
  readonly certificate: string;
  /** hex */
  readonly serial: string;
  readonly notAfter: Date;
  /** SHA-256 of the public key (SPKI), in hex */
  readonly publicKey: string;
}

/** Why a request is not signed: it is none, its signature is not its key's, or its key is of a kind that we do not take. */
export type RequestFault = 'request-unreadable' | 'request-forged' | 'request-key';

export class CertificateAuthority {
  /** PEM */
  readonly root: string;
  /** SHA-256 of the root (DER), in hex: what terminals are pinned to */
  readonly rootHash: string;
  readonly #root: X509Certificate;
  readonly #key: webcrypto.CryptoKey;
  /** the same in every certificate */
  readonly #issuer: Extension;

  private constructor(root: X509Certificate, key: webcrypto.CryptoKey, issuer: Extension) {
    this.#root = root;
    this.#key = key;
    this.#issuer = issuer;
    this.root = pemOf(root);
    this.rootHash = sha256(root.rawData);
  }

  /** @param tenant stands in the root's name */
  static async make(tenant: string, now: Date): Promise<KeptRoot> {
    const keys = await webcrypto.subtle.generateKey(keyKind, true, ['sign', 'verify']);
    const root = await X509CertificateGenerator.createSelfSigned({
      serialNumber: freshSerial(),
      name: [{ CN: [`Yingbin ${tenant}`] }],
      notBefore: new Date(now.getTime() - backDatedMs),
      notAfter: new Date(now.getTime() + rootLifeMs),
      signingAlgorithm: signing,
      keys: keys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    const raw = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return { certificate: pemOf(root), privateKey: `${PemConverter.encode(raw, 'PRIVATE KEY')}\n` };
  }

  /** @throws when either is none, or they do not belong together */
  static async open({ certificate, privateKey }: KeptRoot): Promise<CertificateAuthority> {
    const root = new X509Certificate(certificate);
    const raw = PemConverter.decodeFirst(privateKey);
    const key = await webcrypto.subtle.importKey('pkcs8', raw, keyKind, false, ['sign']);
    const issuer = await AuthorityKeyIdentifierExtension.create(root);
    const authority = new CertificateAuthority(root, key, issuer);
    const probe = randomBytes(32);
    const proof = await webcrypto.subtle.sign(signing, key, probe);
    const publicKey = await root.publicKey.export(keyKind, ['verify']);
    if (await webcrypto.subtle.verify(signing, publicKey, proof, probe)) return authority;
    throw new Error('the root certificate is not of this key');
  }

  /**
   * A certificate for a terminal. Of the request only the key counts: name, use and life are ours, whatever it asks for.
   * @param csr PEM
   */
  async signTerminal(csr: string, terminal: string, now: Date, lifeMs: number): Promise<Leaf | RequestFault> {
    const request = await readRequest(csr);
    if (typeof request === 'string') return request;
    return await this.#sign(request.publicKey, terminal, now, lifeMs, [
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth], true),
    ]);
  }

  /**
   * A certificate for a server of ours, with a key of its own.
   * @param names DNS names and IP addresses
   */
  async makeServer(
    names: readonly string[],
    now: Date,
    lifeMs: number,
  ): Promise<Leaf & { readonly privateKey: string }> {
    const others = names.map((value) => ({
      type: isIP(value) > 0 ? ('ip' as const) : ('dns' as const),
      value,
    }));
    return await this.#makeWithKey(names[0] ?? 'headquarters', now, lifeMs, [
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth], true),
      new SubjectAlternativeNameExtension(others),
    ]);
  }

  /**
   * A certificate for a client that is no terminal, with a key of its own: headquarters tries with it whom a broker takes.
   * @param name with a dot in it, so that no terminal has it
   */
  async makeClient(name: string, now: Date, lifeMs: number): Promise<Leaf & { readonly privateKey: string }> {
    return await this.#makeWithKey(name, now, lifeMs, [
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth], true),
    ]);
  }

  /**
   * What brokers refuse, as PEM. Never empty of a date: it says when the next one comes.
   * @param revoked serial numbers in hex
   */
  async revocationList(
    revoked: readonly { readonly serial: string; readonly at: Date }[],
    now: Date,
  ): Promise<string> {
    const list = await X509CrlGenerator.create({
      issuer: this.#root.subject,
      thisUpdate: new Date(now.getTime() - backDatedMs),
      nextUpdate: new Date(now.getTime() + listLifeMs),
      signingAlgorithm: signing,
      signingKey: this.#key,
      entries: revoked.map(({ serial, at }) => ({ serialNumber: serial, revocationDate: at })),
    });
    // the library writes `BEGIN CRL`, which OpenSSL does not read
    return `${PemConverter.encode(list.rawData, 'X509 CRL')}\n`;
  }

  async #makeWithKey(
    name: string,
    now: Date,
    lifeMs: number,
    uses: readonly Extension[],
  ): Promise<Leaf & { readonly privateKey: string }> {
    const keys = await webcrypto.subtle.generateKey(keyKind, true, ['sign', 'verify']);
    const spki = await webcrypto.subtle.exportKey('spki', keys.publicKey);
    const leaf = await this.#sign(new PublicKey(spki), name, now, lifeMs, uses);
    const raw = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
    return { ...leaf, privateKey: `${PemConverter.encode(raw, 'PRIVATE KEY')}\n` };
  }

  async #sign(
    publicKey: PublicKey,
    name: string,
    now: Date,
    lifeMs: number,
    uses: readonly Extension[],
  ): Promise<Leaf> {
    const notAfter = new Date(now.getTime() + lifeMs);
    const certificate = await X509CertificateGenerator.create({
      serialNumber: freshSerial(),
      subject: [{ CN: [name] }],
      issuer: this.#root.subject,
      notBefore: new Date(now.getTime() - backDatedMs),
      notAfter,
      signingAlgorithm: signing,
      publicKey,
      signingKey: this.#key,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        await SubjectKeyIdentifierExtension.create(publicKey),
        this.#issuer,
        ...uses,
      ],
    });
    return {
      certificate: pemOf(certificate),
      serial: certificate.serialNumber,
      notAfter,
      publicKey: sha256(publicKey.rawData),
    };
  }
}

/** @param csr PEM */
async function readRequest(csr: string): Promise<Pkcs10CertificateRequest | RequestFault> {
  let request: Pkcs10CertificateRequest;
  try {
    request = new Pkcs10CertificateRequest(csr);
  } catch {
    return 'request-unreadable';
  }
  const { name, namedCurve } = request.publicKey.algorithm as { name?: string; namedCurve?: string };
  const isOurs = (name === 'ECDSA' && namedCurve === 'P-256') || name === 'Ed25519';
  if (!isOurs) return 'request-key';
  return (await request.verify().catch(() => false)) ? request : 'request-forged';
}

/** 159 random bits: positive, and never the same twice. */
function freshSerial(): string {
  const bytes = randomBytes(20);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

function pemOf(certificate: X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}

function sha256(bytes: ArrayBuffer): string {
  return createHash('sha256').update(Buffer.from(bytes)).digest('hex');
}
