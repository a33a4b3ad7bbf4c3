// The maintenance screen in words: how everything around the terminal is.
import { deviceFault } from '../fault-table.ts';
import type { UnsettledSlip } from '../knowledge.ts';
import { noDeeds } from '../maintenance-deeds.ts';
import type { RuleContext } from '../rule-context.ts';
import type { ScreenOf } from '../screen.ts';
import type { View } from '../view.ts';

export function showMaintenance(
  { tab, card, picture }: Extract<View, { kind: 'maintenance' }>,
  { know: { upkeep, slips }, session: { language } }: RuleContext,
): ScreenOf<'maintenance'> {
  return {
    kind: 'maintenance',
    tab,
    version: upkeep.version,
    waitingFacts: upkeep.waitingFacts(),
    devices: upkeep.devices().map(({ device, state, code }) => {
      const fault = code === null || device === 'desktop' ? undefined : deviceFault(code);
      return {
        device,
        state,
        code,
        staff: fault?.staff[language] ?? null,
        needsRestart: fault?.clearsItself === false,
      };
    }),
    inspection: upkeep.inspection(language),
    slips: slips.unsettled().map(({ id, slip, copy, state, queuedMs }) => ({
      id,
      slip,
      copy,
      state: shownState(state),
      at: new Date(queuedMs).toISOString(),
    })),
    lastSlip: lastSlip(slips),
    ...(upkeep.deeds?.(language) ?? noDeeds),
    picture: upkeep.canTakePicture() ? (picture ?? { kind: 'possible' }) : null,
    card,
  };
}

function lastSlip(slips: RuleContext['know']['slips']): ScreenOf<'maintenance'>['lastSlip'] {
  const last = slips.newest();
  return (
    (last && { id: last.id, slip: last.slip, copy: last.copy, at: new Date(last.queuedMs).toISOString() }) ??
    null
  );
}

function shownState(state: UnsettledSlip['state']): ScreenOf<'maintenance'>['slips'][number]['state'] {
  if (state === 'queued') return 'queued';
  return state === 'unconfirmed' ? 'unsure' : 'sending';
}
