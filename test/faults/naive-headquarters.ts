// A program: the other end of the control, doing its best: a session that the broker keeps, acknowledged after the commit, each id once.
import { connect } from 'mqtt';
import * as v from 'valibot';
import { Database } from '../../sync/database.ts';
import { keepFact, smallIntakeMigrations } from './small-intake.ts';

const { file, url, topic } = v.parse(
  v.object({ file: v.string(), url: v.union([v.string(), v.array(v.string())]), topic: v.string() }),
  JSON.parse(process.argv[2] ?? '{}'),
);
const db = Database.open(file, smallIntakeMigrations);
const client = connect({
  // of a cluster one node after the other
  servers: [url].flat().map((one) => {
    const { hostname: host, port } = new URL(one);
    return { host, port: Number(port), protocol: 'mqtt' as const };
  }),
  clientId: 'naive-headquarters',
  clean: false,
  reconnectPeriod: 50,
  reconnectOnConnackError: true,
  protocolVersion: 4,
});
client.handleMessage = (packet, done) => {
  const id = packet.payload.toString();
  if (!db.get('SELECT n FROM fact WHERE id = ?', id)) {
    keepFact(db, { terminal: 'naive', epoch: '', seq: 0, id }, null);
  }
  done();
};
client.on('error', () => {});
// ready when subscribed, so that the first facts have somewhere to go; or soon, when the broker is away
let isReady = false;
const sayReady = (): void => {
  if (!isReady) process.stdout.write('ready\n');
  isReady = true;
};
client.on('connect', () => client.subscribe(topic, { qos: 1 }, sayReady));
setTimeout(sayReady, 500);
