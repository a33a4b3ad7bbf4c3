// What a broker's set-up consists of: files with their rights, and what headquarters' own config must say.

export interface BrokerFile {
  readonly name: string;
  readonly text: string;
  /** a key or a password: mode 0600 */
  readonly isSecret: boolean;
}

export interface BrokerSetup {
  readonly files: readonly BrokerFile[];
  /** the `broker` part of headquarters' config */
  readonly headquarters: Readonly<Record<string, unknown>>;
}

/** What every kind of broker is set up from. */
export interface BrokerPlan {
  readonly tenant: string;
  /** where the files will lie on the broker's machine, absolute */
  readonly folder: string;
  /** DNS names and IP addresses of the broker; headquarters tries revocation lists at the first */
  readonly names: readonly string[];
  /** where terminals come: TLS */
  readonly tlsPort: number;
  /** where headquarters comes: loopback */
  readonly loopbackPort: number;
  /** PEM */
  readonly certificates: {
    readonly root: string;
    readonly certificate: string;
    readonly privateKey: string;
    readonly revocationList: string;
  };
  /** of headquarters, and of its user that says who may speak */
  readonly passwords: { readonly headquarters: string; readonly access: string };
}

export const fileNames = {
  root: 'root.pem',
  certificate: 'broker.pem',
  privateKey: 'broker.key',
  revocationList: 'revoked.crl',
  headquartersPassword: 'headquarters.password',
  accessPassword: 'access.password',
} as const;

/** The same with every broker. */
export function sharedFiles({ certificates, passwords }: BrokerPlan): readonly BrokerFile[] {
  return [
    { name: fileNames.root, text: certificates.root, isSecret: false },
    { name: fileNames.certificate, text: certificates.certificate, isSecret: false },
    { name: fileNames.privateKey, text: certificates.privateKey, isSecret: true },
    { name: fileNames.revocationList, text: certificates.revocationList, isSecret: false },
    { name: fileNames.headquartersPassword, text: `${passwords.headquarters}\n`, isSecret: true },
    { name: fileNames.accessPassword, text: `${passwords.access}\n`, isSecret: true },
  ];
}
