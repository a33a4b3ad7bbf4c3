// S17: whatever is thrown at the door, it answers or cuts the line, writes nothing down, and the next terminal gets in.
import { connect } from 'node:tls';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askDoor, blankDevice, enrol, enrolBody } from '../../../simulators/blank-device.ts';
import { openTestDoor, type TestDoor } from './test-door.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
let at: TestDoor;
beforeAll(async () => {
  at = await openTestDoor({ devices: ['h01', 'h02'], bodyMs: 200 });
});
afterAll(() => at?.close());

const written = async (): Promise<unknown> =>
  Promise.all(
    (['device', 'claim', 'certificate', 'pending_terminal', 'audit'] as const).map((table) =>
      at.world.store.db.selectFrom(table).selectAll().execute(),
    ),
  );

/** A right request in which one thing is not. */
function spoiled(right: object): fc.Arbitrary<string> {
  const keys = Object.keys(right);
  const odd = fc.oneof(
    fc.constantFrom<unknown>(null, true, -1, 1e308, [], {}, '', '\0', '../../etc', { $ne: null }, [[[]]]),
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.jsonValue(),
  );
  return fc.oneof(
    fc.record({ key: fc.constantFrom(...keys), value: odd }).map(({ key, value }) => {
      const wrong = JSON.stringify({ ...right, [key]: value });
      return wrong === JSON.stringify(right) ? '{}' : wrong;
    }),
    fc
      .constantFrom('__proto__', 'constructor', 'privateKey', 'admin')
      .map((key) => JSON.stringify(right).replace('{', `{${JSON.stringify(key)}:{"v":1},`)),
    fc.nat(JSON.stringify(right).length - 1).map((end) => JSON.stringify(right).slice(0, end)),
    fc.constant('['.repeat(30_000)),
    fc.string({ unit: 'binary', maxLength: 500 }),
  );
}

describe('a hostile door-knocker', () => {
  it(`S17 S3 is refused in a word, and nothing is written for it (seed ${seed})`, async () => {
    const device = await blankDevice('board-1');
    const [claim] = await at.claimsFor('h01');
    // right in every letter, but for a terminal that nobody knows: not even a guess is counted
    const right = { ...enrolBody(device, claim ?? null), terminal: 'h99' };
    const before = await written();
    await fc.assert(
      fc.asyncProperty(
        spoiled(right).filter((body) => !isKnocking(body)),
        fc.constantFrom('/enrol', '/renew', '/uploads/x', '/root', '/releases/x', '/bundles/%00', '/../x'),
        async (body, path) => {
          const { status, bytes } = await askDoor(at, path, { method: 'POST', body });
          expect([400, 403, 404, 413]).toContain(status);
          expect(bytes.length).toBeLessThan(300);
        },
      ),
      { seed, numRuns: 300 },
    );
    expect(await written()).toEqual(before);
    expect(at.faults).toEqual([]);
    expect((await enrol(at, device, claim ?? null)).kind).toBe('enrolled');
  });

  it(`S17 gets no further with bytes that are no HTTP, and keeps nobody else out (seed ${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ minLength: 1, maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
          fc
            .constantFrom(
              'GET / HTTP/9.9\r\n\r\n',
              'POST /enrol HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
              'POST /enrol HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
              `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
              `GET / HTTP/1.1\r\nHost: x\r\n${'X-A: b\r\n'.repeat(3_000)}\r\n`,
              'GET http://169.254.169.254/ HTTP/1.1\r\nHost: [::\r\n\r\n',
            )
            .map((text) => Buffer.from(text)),
        ),
        async (bytes) => {
          const said = await sayRaw(bytes);
          expect(said === '' || /^HTTP\/1\.1 4\d\d /.test(said)).toBe(true);
        },
      ),
      { seed, numRuns: 100 },
    );
    const [claim] = await at.claimsFor('h02');
    expect((await enrol(at, await blankDevice('board-2'), claim ?? null)).kind).toBe('enrolled');
    expect(at.faults).toEqual([]);
  });
});

/** Without a name or a claim it would wait for a person; that is written. */
function isKnocking(body: string): boolean {
  try {
    const { claim, terminal } = JSON.parse(body) as { claim?: unknown; terminal?: unknown };
    return claim === null || terminal === null;
  } catch {
    return false;
  }
}

/** @returns the first line of the answer; empty when the line was cut without a word */
async function sayRaw(bytes: Buffer): Promise<string> {
  return await new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port: at.door.port, ca: at.root, servername: 'localhost' });
    let said = '';
    socket.on('data', (part: Buffer) => {
      said += part.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(said.split('\r\n')[0] ?? ''));
    socket.end(bytes);
  });
}
