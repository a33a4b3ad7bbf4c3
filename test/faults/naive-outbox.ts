// A program and the positive control: a durable outbox that deletes a fact when the broker acknowledges it. It must lose.
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { Database } from '../../sync/database.ts';
import { openMqttLink } from '../../sync/mqtt-link.ts';
import { openSwipeDoor } from './swipe-door.ts';

const { file, url, port, topic } = v.parse(
  v.object({
    file: v.string(),
    url: v.union([v.string(), v.array(v.string())]),
    port: v.number(),
    topic: v.string(),
  }),
  JSON.parse(process.argv[2] ?? '{}'),
);
const windowSize = 100;

const db = Database.open(file, [
  {
    name: 'naive-1',
    sql: 'CREATE TABLE outbox(seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL) STRICT',
  },
]);
const link = openMqttLink(
  {
    url,
    clientId: 'naive-terminal',
    subscriptions: ['nothing'],
    keepAliveMs: 2_000,
    connectTimeoutMs: 2_000,
    reconnectMinMs: 20,
    reconnectMaxMs: 200,
    takenOverPauseMs: 200,
  },
  { onUp: send, onDown: () => {}, onMessage: () => {} },
);
const inFlight = new Set<number>();

function send(): void {
  for (const row of db.all('SELECT seq, id FROM outbox ORDER BY seq LIMIT ?', windowSize)) {
    const seq = Number(row['seq']);
    if (inFlight.has(seq) || !link.isUp) continue;
    inFlight.add(seq);
    void link.publish(topic, Buffer.from(String(row['id']))).then((isTaken) => {
      inFlight.delete(seq);
      // the mistake that this program is here to make
      if (isTaken) db.run('DELETE FROM outbox WHERE seq = ?', seq);
      if (isTaken) send();
    });
  }
}

await openSwipeDoor(port, {
  swipe: () => {
    const id = randomUUID();
    db.run('INSERT INTO outbox(id) VALUES (?)', id);
    setImmediate(send);
    return id;
  },
  waiting: () => Number(db.get('SELECT count(*) AS n FROM outbox')?.['n']),
});
process.stdout.write('ready\n');
