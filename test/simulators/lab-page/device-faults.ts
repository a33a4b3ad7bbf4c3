// Which faults each device of the bench has, what sets and ends them, and which are there now.
import type { LabPanelState, LabState, ShelfPrinter, ShelfReader } from '../lab/lab-view.ts';
import type { DeviceText, FaultText } from './device-text.ts';

export type BenchDevice = 'reader' | 'printer' | 'panel';

/** A fault that stays until it is ended, one that happens once, or one of several habits. */
export type Fault = { readonly id: string; readonly text: FaultText } & (
  | {
      readonly kind: 'switch';
      readonly isOn: boolean;
      readonly on: readonly string[];
      readonly off: readonly string[];
    }
  | { readonly kind: 'once'; readonly path: string }
  | {
      readonly kind: 'habit';
      readonly now: string;
      readonly habits: readonly { readonly id: string; readonly label: string; readonly path: string }[];
    }
);

export function readerFaults(
  { isPlugged, isSilent }: LabState['reader'],
  model: ShelfReader | undefined,
  text: DeviceText,
): readonly Fault[] {
  const toggle = switches(text.reader);
  return [
    toggle('unplug', !isPlugged, ['reader/unplug'], ['reader/plug']),
    toggle('silent', isSilent, ['reader/silent'], ['reader/speak']),
    ...(model?.accidents ?? []).map(
      (id): Fault => ({ id, text: text.reader[id], kind: 'once', path: `reader/${id}` }),
    ),
  ];
}

export function printerFaults(
  printer: LabState['printer'],
  model: ShelfPrinter | undefined,
  text: DeviceText,
): readonly Fault[] {
  const toggle = switches(text.printer);
  const { hasPaper, isPaperLow, nextSlip, proofs } = printer;
  const nextSlipIs = (accident: 'paper-out' | 'power-cut') =>
    toggle(
      `next-slip-${accident}`,
      nextSlip === accident,
      [`printer/next-slip-${accident}`],
      ['printer/next-slip-none'],
    );
  const refill = ['printer/paper-in'];
  return [
    nextSlipIs('paper-out'),
    nextSlipIs('power-cut'),
    toggle('unplug', !printer.isPlugged, ['printer/unplug'], ['printer/plug']),
    toggle('paper-out', !hasPaper, ['printer/paper-out'], refill),
    toggle('paper-low', hasPaper && isPaperLow, [...(hasPaper ? [] : refill), 'printer/paper-low'], refill),
    toggle('cover', printer.isCoverOpen, ['printer/cover-open'], ['printer/cover-close']),
    toggle('offline', printer.isOffline, ['printer/offline'], ['printer/online']),
    ...(model?.hasCutter === false
      ? []
      : [toggle('cutter', printer.isCutterJammed, ['printer/cutter-jam'], ['printer/cutter-free'])]),
    toggle('hot', printer.isHot, ['printer/hot'], ['printer/cool']),
    toggle('deaf', printer.isDeaf, ['printer/deaf'], ['printer/hear']),
    ...(model?.completionProof === 'none' ? [] : [proofFault(proofs, text)]),
  ];
}

export function panelFaults({ isPlugged, fault }: LabPanelState, text: DeviceText): readonly Fault[] {
  const path = (id: LabPanelState['fault']) => (id === 'none' ? 'panel/firmware-right' : `panel/${id}`);
  const ids = ['none', 'silence', 'garbage', 'wrong-firmware'] as const;
  return [
    switches(text.panel)('unplug', !isPlugged, ['panel/unplug'], ['panel/plug']),
    {
      id: 'firmware',
      text: text.panel.firmware,
      kind: 'habit',
      now: fault,
      habits: ids.map((id) => ({ id, label: text.firmware[id], path: path(id) })),
    },
  ];
}

/** How many are there now: what a device shows while its sheet is closed. */
export function countFaults(faults: readonly Fault[]): number {
  return faults.filter((fault) =>
    fault.kind === 'switch' ? fault.isOn : fault.kind === 'habit' && fault.now !== fault.habits[0]?.id,
  ).length;
}

function proofFault(now: string, text: DeviceText): Fault {
  const habits = (['sound', 'late', 'lost'] as const).map((id) => ({
    id,
    label: text.proofs[id],
    path: `printer/proof-${id}`,
  }));
  return { id: 'proof', text: text.printer.proof, kind: 'habit', now, habits };
}

function switches<Id extends string>(texts: Readonly<Record<Id, FaultText>>) {
  return (id: Id, isOn: boolean, on: readonly string[], off: readonly string[]): Fault => ({
    id,
    text: texts[id],
    kind: 'switch',
    isOn,
    on,
    off,
  });
}
