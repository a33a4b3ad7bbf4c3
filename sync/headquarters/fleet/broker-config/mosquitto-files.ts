// Writes mosquitto's config for a fleet: terminals over mutual TLS, headquarters on loopback, rights by dynamic security.
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { brokerUsers, headquartersRights } from '../../../broker-rights.ts';
import type { TenantId } from '../../../contract/ids.ts';
import { type BrokerPlan, type BrokerSetup, fileNames, sharedFiles } from './broker-files.ts';

const pluginName = 'mosquitto_dynamic_security.so';
const libraryFolders = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib/arm-linux-gnueabihf',
  '/usr/lib',
  '/usr/lib64',
  '/usr/local/lib',
] as const;
const controlTopics = '$CONTROL/dynamic-security/#';
const passwordRounds = 20_000;

/** @param plugin where dynamic security lies on the broker's machine; looked for on this one unless given */
export function mosquittoSetup(plan: BrokerPlan, plugin = findPlugin()): BrokerSetup {
  const { folder, names, tlsPort, loopbackPort } = plan;
  const users = brokerUsers(plan.tenant as TenantId);
  const at = (name: string): string => join(folder, name);
  return {
    files: [
      { name: 'mosquitto.conf', text: configOf(plan, plugin), isSecret: false },
      { name: 'dynamic-security.json', text: securityOf(plan), isSecret: true },
      ...sharedFiles(plan),
    ],
    headquarters: {
      kind: 'external',
      url: `mqtt://127.0.0.1:${loopbackPort}`,
      username: users.headquarters,
      passwordFile: at(fileNames.headquartersPassword),
      access: {
        kind: 'mosquitto',
        username: users.access,
        passwordFile: at(fileNames.accessPassword),
        terminalsUrl: `mqtts://${names[0]}:${tlsPort}`,
        listFile: at(fileNames.revocationList),
        reload: { kind: 'pid-file', file: at('mosquitto.pid') },
      },
    },
  };
}

function findPlugin(): string {
  const found = libraryFolders.map((each) => join(each, pluginName)).find((file) => existsSync(file));
  return found ?? join(process.arch === 'arm64' ? libraryFolders[1] : libraryFolders[0], pluginName);
}

function configOf({ folder, tlsPort, loopbackPort }: BrokerPlan, plugin: string): string {
  const at = (name: string): string => join(folder, name);
  return `# nobody without a name; who may do what stands in dynamic security
allow_anonymous false
plugin ${plugin}
plugin_opt_config_file ${at('dynamic-security.json')}
pid_file ${at('mosquitto.pid')}
persistence false
set_tcp_nodelay true
max_packet_size 66560
max_queued_messages 1000
max_queued_bytes 8388608
max_inflight_messages 100
max_keepalive 120

# terminals: a certificate of our root, and the name in it is user name and client id
listener ${tlsPort}
tls_version tlsv1.2
cafile ${at(fileNames.root)}
certfile ${at(fileNames.certificate)}
keyfile ${at(fileNames.privateKey)}
crlfile ${at(fileNames.revocationList)}
require_certificate true
use_identity_as_username true
use_username_as_clientid true

# headquarters, on this machine
listener ${loopbackPort} 127.0.0.1
`;
}

/** Terminals are added by headquarters; without a role nobody may anything, except give up what they listen to. */
function securityOf({ tenant, passwords }: BrokerPlan): string {
  const users = brokerUsers(tenant as TenantId);
  const { writes, reads } = headquartersRights(tenant as TenantId);
  const acl = (acltype: string) => (topic: string) => ({ acltype, topic, priority: 0, allow: true });
  const role = (rolename: string, send: readonly string[], hear: readonly string[]) => ({
    rolename,
    acls: [
      ...send.map(acl('publishClientSend')),
      ...hear.map(acl('publishClientReceive')),
      ...hear.map(acl('subscribePattern')),
      ...hear.map(acl('unsubscribePattern')),
    ],
  });
  const client = (username: string, password: string, rolename: string) => {
    const salt = randomBytes(12);
    return {
      username,
      salt: salt.toString('base64'),
      iterations: passwordRounds,
      password: pbkdf2Sync(password, salt, passwordRounds, 64, 'sha512').toString('base64'),
      roles: [{ rolename }],
    };
  };
  const said = {
    defaultACLAccess: {
      publishClientSend: false,
      publishClientReceive: false,
      subscribe: false,
      unsubscribe: true,
    },
    clients: [
      client(users.headquarters, passwords.headquarters, 'headquarters'),
      client(users.access, passwords.access, 'access'),
    ],
    groups: [],
    roles: [role('headquarters', writes, reads), role('access', [controlTopics], [controlTopics])],
  };
  return `${JSON.stringify(said, null, 2)}\n`;
}
