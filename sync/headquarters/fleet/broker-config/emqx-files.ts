// Writes EMQX's config for a fleet: terminals over mutual TLS, headquarters on loopback, rights in its own database.
import { join } from 'node:path';
import { brokerUsers, headquartersRights } from '../../../broker-rights.ts';
import type { TenantId } from '../../../contract/ids.ts';
import { type BrokerPlan, type BrokerSetup, fileNames, sharedFiles } from './broker-files.ts';

const dashboardPort = 18_083;

export function emqxSetup(plan: BrokerPlan): BrokerSetup {
  const { folder, loopbackPort, passwords } = plan;
  const users = brokerUsers(plan.tenant as TenantId);
  const at = (name: string): string => join(folder, name);
  const login = [{ user_id: users.headquarters, password: passwords.headquarters, is_superuser: false }];
  return {
    files: [
      { name: 'emqx.conf', text: configOf(plan), isSecret: false },
      { name: 'acl.conf', text: rulesOf(plan), isSecret: false },
      { name: 'logins.json', text: `${JSON.stringify(login)}\n`, isSecret: true },
      { name: 'api-keys', text: `${users.access}:${passwords.access}:administrator\n`, isSecret: true },
      ...sharedFiles(plan),
    ],
    headquarters: {
      kind: 'external',
      url: `mqtt://127.0.0.1:${loopbackPort}`,
      username: users.headquarters,
      passwordFile: at(fileNames.headquartersPassword),
      access: {
        kind: 'emqx',
        api: `http://127.0.0.1:${dashboardPort}`,
        username: users.access,
        passwordFile: at(fileNames.accessPassword),
      },
    },
  };
}

function configOf({ folder, tlsPort, loopbackPort }: BrokerPlan): string {
  const at = (name: string): string => JSON.stringify(join(folder, name));
  return `# terminals: a certificate of our root, and the name in it is user name and client id
listeners.ssl.default.bind = "0.0.0.0:${tlsPort}"
listeners.ssl.default.enable_authn = false
listeners.ssl.default.ssl_options.cacertfile = ${at(fileNames.root)}
listeners.ssl.default.ssl_options.certfile = ${at(fileNames.certificate)}
listeners.ssl.default.ssl_options.keyfile = ${at(fileNames.privateKey)}
listeners.ssl.default.ssl_options.verify = "verify_peer"
listeners.ssl.default.ssl_options.fail_if_no_peer_cert = true
listeners.ssl.default.ssl_options.versions = ["tlsv1.3", "tlsv1.2"]
listeners.ssl.default.tcp_options.nodelay = true
listeners.ssl.default.max_conn_rate = "500/s"
mqtt.peer_cert_as_username = "cn"
mqtt.peer_cert_as_clientid = "cn"
# headquarters, on this machine; its login stands in logins.json
listeners.tcp.default.bind = "127.0.0.1:${loopbackPort}"
listeners.ws.default.enable = false
listeners.wss.default.enable = false
authentication = [
  { mechanism = "password_based", backend = "built_in_database", user_id_type = "username",
    bootstrap_file = ${at('logins.json')}, bootstrap_type = "plain" }
]
authorization.no_match = "deny"
authorization.deny_action = "disconnect"
authorization.cache.enable = false
authorization.sources = [
  { type = "file", enable = true, path = ${at('acl.conf')} },
  { type = "built_in_database", enable = true }
]
api_key.bootstrap_file = ${at('api-keys')}
dashboard.listeners.http.bind = "127.0.0.1:${dashboardPort}"
mqtt.max_packet_size = "1MB"
mqtt.max_qos_allowed = 1
mqtt.retain_available = true
mqtt.session_expiry_interval = "10m"
mqtt.max_mqueue_len = 1000
mqtt.max_inflight = 100
mqtt.keepalive_multiplier = 1.5
`;
}

/** Headquarters alone; each terminal's rules are added by headquarters. */
function rulesOf({ tenant }: BrokerPlan): string {
  const { headquarters } = brokerUsers(tenant as TenantId);
  const { writes, reads } = headquartersRights(tenant as TenantId);
  const rule = (deed: string, topics: readonly string[]): string =>
    `{allow, {username, ${JSON.stringify(headquarters)}}, ${deed}, ${JSON.stringify(topics)}}.\n`;
  return rule('publish', writes) + rule('subscribe', reads);
}
