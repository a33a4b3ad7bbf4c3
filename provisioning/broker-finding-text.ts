// What each finding about a broker means and what to change, in both languages. The lines to paste stand in sync/brokers.md.
import type { BrokerFindingCode } from './check-broker.ts';
import type { CommandLanguage } from './command-words.ts';

export const brokerFindingText: Readonly<
  Record<CommandLanguage, Readonly<Record<BrokerFindingCode, string>>>
> = {
  zh: {
    'connects-3-1-1': '可用 MQTT 3.1.1 连接。',
    'connects-5': '可用 MQTT 5 连接。',
    'only-3-1-1': '不支持 MQTT 5：3.1.1 已足够。',
    'carries-64-kib': '能传送 64 KiB 的消息。',
    'keeps-retained': '能保留消息（retained）。',
    'trees-apart': '终端只能写自己的 up、读自己的 down。',
    unreachable: '连接不上：请检查地址、端口、防火墙；若用 mqtts，请检查证书。',
    refused: '拒绝了登录：请检查用户名、密码文件或客户端证书。',
    'refuses-3-1-1': '拒绝 MQTT 3.1.1：请允许，总部和旧终端需要它。',
    'anonymous-allowed':
      '没有用户名也能登录：任何人都能冒充终端。mosquitto：allow_anonymous false；EMQX：配置 authentication；NATS：authorization。',
    'any-password': '错误的密码也能登录：请配置密码文件或证书验证。',
    'no-encryption': '未加密：同网的人可以看到和改动消息。请使用 mqtts://，最好双向证书。',
    'own-tree-closed':
      '终端写自己的 up 树时，消息到不了总部：请检查终端的写权限和总部对 up/# 的读权限（租户名是否一致）。',
    'packet-too-small':
      '不能传送 64 KiB 的消息：mosquitto：max_packet_size 66560 以上；EMQX：mqtt.max_packet_size = 1MB；NATS：max_payload 1MB。',
    'no-retained':
      '不保留消息：刚连上的终端要等下一次清单才能更新。请开启 retained（EMQX：mqtt.retain_available = true）。',
    'no-qos-1': '把订阅降为 QoS 0：请允许 QoS 1（EMQX：mqtt.max_qos_allowed = 2；mosquitto：max_qos 2）。',
    'writes-foreign-up': '终端能写另一终端的 up 树，可以冒充它：请按 %u（用户名）限制写权限。',
    'writes-down': '终端能写 down 树：请只允许总部写。消息有签名，伪造的会被丢弃，但仍是骚扰。',
    'reads-foreign-down': '终端能读另一终端的 down 树：请按 %u（用户名）限制读权限。',
    'reads-up': '终端能读所有终端的 up 树：请只允许总部读。',
    'delays-small-packets':
      '小消息被延迟约 40 毫秒：mosquitto：set_tcp_nodelay true；EMQX：tcp_options.nodelay = true。',
    'access-not-tried':
      '未检查终端之间的隔离：请加上 --headquarters-username 和 --headquarters-password-file。',
  },
  en: {
    'connects-3-1-1': 'Speaks MQTT 3.1.1.',
    'connects-5': 'Speaks MQTT 5.',
    'only-3-1-1': 'Does not speak MQTT 5: 3.1.1 is enough.',
    'carries-64-kib': 'Carries a message of 64 KiB.',
    'keeps-retained': 'Keeps retained messages.',
    'trees-apart': 'A terminal writes only its own up tree and reads only its own down tree.',
    unreachable: 'Cannot be reached: check address, port and firewall; for mqtts also the certificates.',
    refused: 'Refuses the login: check user name, password file or client certificate.',
    'refuses-3-1-1': 'Refuses MQTT 3.1.1: allow it.',
    'anonymous-allowed':
      'Lets in who gives no name, so anybody can pose as a terminal. mosquitto: allow_anonymous false; EMQX: configure authentication; NATS: authorization.',
    'any-password':
      'Lets in who gives a wrong password: set up a password file or certificates that are verified.',
    'no-encryption':
      'Not encrypted: who is on the network can read and change messages. Use mqtts://, best with certificates on both sides.',
    'own-tree-closed':
      "What a terminal writes to its own up tree does not reach headquarters: check the terminal's right to write, headquarters' right to read up/#, and the tenant.",
    'packet-too-small':
      'Does not carry a message of 64 KiB. mosquitto: max_packet_size 66560 or more; EMQX: mqtt.max_packet_size = 1MB; NATS: max_payload 1MB.',
    'no-retained':
      'Does not keep retained messages, so a terminal that connects waits for the next manifest. EMQX: mqtt.retain_available = true.',
    'no-qos-1': 'Grants only QoS 0: allow QoS 1. EMQX: mqtt.max_qos_allowed = 2; mosquitto: max_qos 2.',
    'writes-foreign-up':
      'A terminal can write the up tree of another and so pose as it: restrict writing by %u, the user name.',
    'writes-down':
      'A terminal can write a down tree: let only headquarters. What it forges is unsigned and dropped, but a nuisance.',
    'reads-foreign-down':
      'A terminal can read the down tree of another: restrict reading by %u, the user name.',
    'reads-up': 'A terminal can read what all others send up: let only headquarters.',
    'delays-small-packets':
      'Holds back small messages by about 40 ms. mosquitto: set_tcp_nodelay true; EMQX: tcp_options.nodelay = true.',
    'access-not-tried':
      'Whether terminals are kept apart was not tried: add --headquarters-username and --headquarters-password-file.',
  },
};
