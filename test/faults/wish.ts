// What somebody wants from `npm run proof`: which proofs, how much of each, and on what.
import { parseArgs } from 'node:util';
import { type DebianPackage, installCommand, missingPackages, reasonsFor } from '../debian-packages.ts';
import { type Proof, packagesOf, proofs } from './proofs.ts';
import { type BrokerName, brokerNames, type StoreName, storeNames } from './world.ts';

export type Wish =
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly why: string }
  | {
      readonly kind: 'prove';
      readonly seed: number;
      readonly broker: BrokerName;
      readonly store: StoreName;
      readonly json: string | undefined;
      readonly runs: readonly { readonly name: string; readonly proof: Proof; readonly rounds: number }[];
      /** nobody said which proofs */
      readonly isShort: boolean;
      /** what is not run although it is part of the short run, and why */
      readonly leftOut: readonly string[];
    };

/** What this machine has, and what may be done on it. */
export interface Machine {
  readonly missing: (wanted: readonly DebianPackage[]) => readonly DebianPackage[];
  readonly isRoot: boolean;
}

const roundsAlone = 45;
const thisMachine: Machine = { missing: missingPackages, isRoot: process.getuid?.() === 0 };

export function parseWish(args: readonly string[], machine = thisMachine): Wish {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        json: { type: 'string' },
        only: { type: 'string' },
        rounds: { type: 'string' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
        broker: { type: 'string', default: 'mosquitto' },
        store: { type: 'string', default: 'sqlite' },
      },
    });
    if (values.help) return { kind: 'help' };
    const seed = Number(values.seed);
    const rounds = values.rounds === undefined ? undefined : Number(values.rounds);
    const broker = brokerNames.find((name) => name === values.broker);
    const store = storeNames.find((name) => name === values.store);
    const wanted = values.only?.split(',') ?? [];
    const unknown = wanted.filter((name) => name !== 'all' && !Object.hasOwn(proofs, name));
    if (unknown.length > 0) return wrong(`there is no proof ${unknown.join(', ')}`);
    if (!broker) return wrong(`there is no broker ${values.broker}`);
    if (!store) return wrong(`there is no store ${values.store}`);
    if (!Number.isInteger(seed) || values.seed === '') return wrong(`${values.seed} is no seed`);
    if (rounds !== undefined && !(rounds > 0)) return wrong(`${values.rounds} is no number of rounds`);
    return choose({ kind: 'prove', seed, broker, store, json: values.json }, wanted, rounds, machine);
  } catch (error) {
    return wrong((error as Error).message);
  }
}

function wrong(why: string): Wish {
  return { kind: 'wrong', why };
}

type Place = Omit<Extract<Wish, { kind: 'prove' }>, 'runs' | 'isShort' | 'leftOut'>;

function choose(place: Place, only: readonly string[], rounds: number | undefined, machine: Machine): Wish {
  const isShort = only.length === 0;
  const names = Object.keys(proofs).filter((name) =>
    isShort ? proofs[name]?.share : only.includes('all') || only.includes(name),
  );
  const runs: { name: string; proof: Proof; rounds: number }[] = [];
  const leftOut: string[] = [];
  const missing = new Set<DebianPackage>();
  for (const name of names) {
    const proof = proofs[name];
    if (!proof) continue;
    const lacks = machine.missing(packagesOf(proof, place));
    const isBarred = proof.isForRoot && !machine.isRoot;
    if ((lacks.length > 0 || isBarred) && isShort && proof.share?.isOptional) {
      leftOut.push(`${name} is left out: ${isBarred ? 'only root may do it' : installCommand(lacks)}`);
      continue;
    }
    if (isBarred) return wrong(`${name}: only root may do it`);
    for (const each of lacks) missing.add(each);
    runs.push({
      name,
      proof,
      rounds: rounds ?? (isShort ? (proof.share?.rounds ?? 1) : (proof.alone ?? roundsAlone)),
    });
  }
  const lacking = [...missing].sort();
  if (lacking.length > 0) {
    return wrong(
      `Debian packages are missing:\n${reasonsFor(lacking)}\nInstall them with:\n  ${installCommand(lacking)}`,
    );
  }
  return { ...place, runs, isShort, leftOut };
}

export function usage(): string[] {
  const lines = Object.entries(proofs).map(([name, { says, share }]) => {
    const part = share ? `${share.rounds} rounds, ${share.seconds} s` : '–';
    return `  ${name.padEnd(23)}${part.padEnd(16)}${says}`;
  });
  const seconds = Object.values(proofs).reduce((sum, { share }) => sum + (share?.seconds ?? 0), 0);
  return [
    'usage: proof [--only NAME,NAME|all] [--rounds N] [--seed N] [--broker NAME] [--store NAME] [--json FILE]',
    '',
    'Kills, cuts, forges and fills, and counts what was lost or doubled; beside ours a design that must fail.',
    `Without --only: those with a share, each with its own rounds, ${seconds} s together on two cores.`,
    `  --only NAME,NAME  these, at --rounds (${roundsAlone} unless given; fewer where they take long); all = every one, which takes most of an hour`,
    '  --rounds N        how much of each: 700 are 10,500 power cuts, 45 are 1,000,000 frames',
    '  --seed N          the same seed pulls the same plugs',
    `  --broker NAME     ${brokerNames.join(', ')}; mosquitto unless given`,
    `  --store NAME      ${storeNames.join(', ')}: of headquarters in kill and broker-wiped; sqlite unless given`,
    '  --json FILE       writes all figures to FILE',
    '',
    ...lines,
    '',
    'Exit code: 0 nothing lost or doubled and every control failed, 1 otherwise, 2 wrong arguments or a package is missing.',
  ];
}
