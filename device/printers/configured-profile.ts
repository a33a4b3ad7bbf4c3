// What a configured printer can do: its model's profile, where the settings do not say otherwise.
import { DeviceError } from '../device-error.ts';
import { printerModels } from './printer-models.ts';
import type { PrinterProfile } from './printer-profile.ts';

/** What the settings say wins over what is known of the model. */
export type PrinterSettings = { readonly model: string } & {
  readonly [K in Exclude<keyof PrinterProfile, 'dots' | 'status'>]?: PrinterProfile[K] | undefined;
};

/** @throws DeviceError device-address-bad when the table has no such model */
export function configuredProfile(settings: PrinterSettings): PrinterProfile {
  const known = printerModels[settings.model];
  if (!known)
    throw new DeviceError('device-address-bad', `${settings.model} is no printer model of the table`);
  const columns = settings.columns ?? known.columns;
  const cutterRecovery = settings.cutterRecovery ?? known.cutterRecovery;
  return {
    ...known,
    columns,
    dots: columns === known.columns ? known.dots : columns * 12,
    hanzi: settings.hanzi ?? known.hanzi,
    hasNativeQr: settings.hasNativeQr ?? known.hasNativeQr,
    hasCutter: settings.hasCutter ?? known.hasCutter,
    completionProof: settings.completionProof ?? known.completionProof,
    hasCounters: settings.hasCounters ?? known.hasCounters,
    ...(cutterRecovery ? { cutterRecovery } : {}),
  };
}
