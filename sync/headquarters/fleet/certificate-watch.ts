// Tells IT of terminals that should have renewed long ago: off for long, or unable to. Afterwards only a new claim helps.
import { lateRenewalMs } from '../../contract/enrolment.ts';
import type { Notices } from '../notices/notices.ts';
import type { Store } from '../store/store.ts';

/** A terminal renews when a third of its 90 days is left. */
const aheadMs = 14 * 24 * 3_600_000;
const named = 10;

/** Once a week at most. @returns of how many terminals it told */
export async function warnOfEndingCertificates({
  store,
  notices,
  now,
}: {
  readonly store: Store;
  readonly notices: Notices;
  readonly now: () => Date;
}): Promise<number> {
  const at = now().getTime();
  const instant = (ms: number): string => new Date(ms).toISOString();
  return await store.transaction(async (tx) => {
    const ending = await tx
      .selectFrom('certificate as c')
      .innerJoin('device as d', 'd.id', 'c.device')
      .select(({ fn }) => ['d.id', fn.max('c.not_after').as('end')])
      .where('d.state', '=', 'enrolled')
      .where('c.revoked_at', 'is', null)
      .groupBy('d.id')
      .having(({ fn }) => fn.max('c.not_after'), '<', instant(at + aheadMs))
      .having(({ fn }) => fn.max('c.not_after'), '>', instant(at - lateRenewalMs))
      .orderBy('end')
      .execute();
    if (ending.length === 0) return 0;
    const some = ending.slice(0, named).map(({ id, end }) => `${id} (${end.slice(0, 10)})`);
    const list = `${some.join(', ')}${ending.length > named ? ' …' : ''}`;
    await notices.queue(tx, [
      {
        key: `certificates-ending/${Math.floor(at / (7 * 24 * 3_600_000))}`,
        to: { kind: 'role', role: 'it' },
        subject: {
          zh: `${ending.length} 台终端的证书即将到期`,
          en: `Certificates of ${ending.length} terminals run out`,
        },
        text: {
          zh: `这些终端没有按时更新证书：${list}。请开机并检查网络；到期三十天后只能重新签发凭证。`,
          en: `These terminals did not renew in time: ${list}. Switch them on and look at their network; thirty days after the end only a new claim helps.`,
        },
        about: null,
      },
    ]);
    return ending.length;
  });
}
