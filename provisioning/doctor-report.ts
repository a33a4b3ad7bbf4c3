// The doctor's report as text: what is plugged in, what the config expects, what is amiss.
import type { ConfiguredDevices } from '../device/diagnosis/configured-devices.ts';
import { deviceKeys } from '../device/diagnosis/configured-devices.ts';
import { type DiagnosedDevice, type Finding, nameOf } from '../device/diagnosis/diagnose.ts';
import { deviceKeyName, findingText } from '../device/diagnosis/finding-text.ts';
import type { Inspection } from '../device/diagnosis/inspect-devices.ts';
import { type CommandLanguage, type CommandWords, commandWords } from './command-words.ts';

/** @param configured null = the doctor was given no config */
export function doctorReport(
  inspection: Inspection,
  configured: ConfiguredDevices | null,
  language: CommandLanguage,
): string {
  const words = commandWords[language];
  const urgent = inspection.findings.filter(({ needsCare }) => needsCare);
  const notes = inspection.findings.filter(({ needsCare }) => !needsCare);
  const isEmpty = configured === null && inspection.devices.length === 0;
  const lines = [
    words.pluggedIn,
    ...(inspection.devices.length === 0 ? [`  ${words.nothingPluggedIn}`] : []),
    ...inspection.devices.flatMap((device) => deviceLines(device, language)),
    '',
    words.inConfig,
    ...(configured === null ? [`  ${words.noConfig}`] : configLines(inspection, configured, language)),
    '',
    words.findings,
    ...[...urgent, ...notes].flatMap((finding) => findingLines(finding, language)),
    `  ${urgent.length > 0 ? words.needCare(urgent.length) : isEmpty ? words.nothingToCheck : words.allWell}`,
  ];
  return `${lines.join('\n')}\n`;
}

function deviceLines(
  { attached, known, usedBy, addresses }: DiagnosedDevice,
  language: CommandLanguage,
): string[] {
  const words = commandWords[language];
  const ids = attached.vendor === null ? '' : `${attached.vendor}:${attached.product}`;
  const drivers = [...new Set(attached.interfaces.map(({ driver }) => driver ?? words.noDriver))].join(', ');
  const use = usedBy.map((key) => deviceKeyName(key, language)).join(', ');
  const facts = [
    ids,
    drivers,
    ...(known ? [] : attached.vendor === null ? [] : [words.notInTable]),
    ...(use === '' ? [] : [`${words.usedBy} ${use}`]),
  ].filter((fact) => fact !== '');
  return [
    `  ${nameOf(attached)}  [${attached.place}]`,
    `      ${facts.join(' · ')}`,
    ...attached.nodes
      .filter(({ kind }) => kind !== 'input')
      .map((node) => `      ${node.path}${node.canOpen ? '' : `  ${words.noRights}`}`),
    ...addresses.map((address) => `      "at": "${address}"`),
  ];
}

function configLines(
  inspection: Inspection,
  configured: ConfiguredDevices,
  language: CommandLanguage,
): string[] {
  const words = commandWords[language];
  return deviceKeys.flatMap((key) => {
    const setting = configured[key];
    if (setting === null) return [];
    const { at } = setting;
    const end = at === undefined ? words.browser : whereItLeads(inspection, at, key, words);
    return [`  ${deviceKeyName(key, language)}: ${setting.kind}${at === undefined ? '' : ` ${at}`} → ${end}`];
  });
}

function whereItLeads(
  { devices, findings, reached }: Inspection,
  at: string,
  key: (typeof deviceKeys)[number],
  words: CommandWords,
): string {
  const amiss = findings.find((finding) => finding.key === key && finding.needsCare);
  if (amiss) return amiss.code;
  const device = devices.find(({ usedBy }) => usedBy.includes(key));
  if (device) return nameOf(device.attached);
  const outcome = reached.find((reach) => reach.at === at)?.outcome;
  return outcome === 'reached' || outcome === 'held-here' ? words.answers : words.notTried;
}

function findingLines(finding: Finding, language: CommandLanguage): string[] {
  const { what, doThis } = findingText(finding, language);
  return [
    `  ${finding.needsCare ? '!' : '·'} ${finding.code}: ${what}`,
    `      ${doThis}`,
    // who holds it stands in the sentence already
    ...(finding.code === 'in-use' ? [] : finding.fix.map((line) => `        ${line}`)),
  ];
}
