// What somebody who chooses or owns a home sees: shortlist, purchase, care, hand-over, in words.
import { careSteps } from '../../sync/contract/owners.ts';
import { localDate } from '../local-time.ts';
import type { KnownHandOver } from '../owners-knowledge.ts';
import type { RuleContext } from '../rule-context.ts';
import { defectsOf, handOverInFront, isToday } from '../rules/hand-over.ts';
import { keptFacts, maxCompared, maxKept } from '../rules/shortlist.ts';
import type { ScreenOf } from '../screen.ts';
import { shortlistQr } from '../slips/shortlist-slip.ts';
import type { UnitFacts } from '../slips/unit-slip.ts';
import type { View } from '../view.ts';
import { memberInFront, shownMember } from './show-personal.ts';
import { slipProgress } from './slip-progress.ts';

type ViewOf<K extends View['kind']> = Extract<View, { kind: K }>;
type ShownHome = ScreenOf<'my-homes'>['homes'][number];

export function showShortlist(
  view: ViewOf<'shortlist'>,
  context: RuleContext,
): ScreenOf<'shortlist'> | undefined {
  const member = memberInFront(context);
  if (view.isMine && !member) return undefined;
  const facts = keptFacts(context);
  return {
    kind: 'shortlist',
    member: view.isMine && member ? shownMember(member, context) : null,
    units: facts.map((each) => shownUnit(each, context)),
    most: maxKept,
    qr: shortlistQr(facts, context),
    slip: slipProgress(view.job, context),
  };
}

export function showCompare(view: ViewOf<'compare'>, context: RuleContext): ScreenOf<'compare'> | undefined {
  const member = memberInFront(context);
  if (view.isMine && !member) return undefined;
  return {
    kind: 'compare',
    member: view.isMine && member ? shownMember(member, context) : null,
    units: keptFacts(context)
      .slice(0, maxCompared)
      .map((each) => shownUnit(each, context)),
  };
}

function shownUnit(
  { project, building, unit, layout, state }: UnitFacts,
  { session: { language } }: RuleContext,
): ScreenOf<'shortlist'>['units'][number] {
  return {
    id: unit.id,
    project: project.name[language],
    name: `${building.name[language]} ${unit.number}`,
    bedrooms: layout.bedrooms,
    halls: layout.halls,
    baths: layout.baths,
    floor: unit.floor,
    area: unit.area,
    facing: unit.facing[language],
    pricePerM2: unit.pricePerM2,
    price: unit.price,
    state: { name: state.name[language], colour: state.colour, pattern: state.pattern, open: state.open },
    adverse: project.adverse.length,
  };
}

export function showMyHomes(context: RuleContext): ScreenOf<'my-homes'> | undefined {
  const member = memberInFront(context);
  if (!member) return undefined;
  const { owners } = context.know;
  const purchases = owners.purchases(member.id);
  const handOvers = owners.handOvers(member.id);
  const { language } = context.session;
  const labels = new Map(
    [...purchases, ...handOvers, ...member.homes].map(({ unit, label }) => [unit, label[language]]),
  );
  return {
    kind: 'my-homes',
    member: shownMember(member, context),
    asOf: owners.asOf(),
    kept: new Set([...(member.shortlist ?? []), ...context.session.shortlist.map((each) => each.unit)]).size,
    homes: [...labels].map(([unit, label]): ShownHome => {
      const purchase = purchases.find((each) => each.unit === unit);
      const care = owners.care(member.id, unit);
      const handOver = handOvers.find((each) => each.unit === unit);
      return {
        unit,
        label,
        purchase: purchase ? shownPurchase(purchase, context) : null,
        care: care
          ? {
              step: care.step,
              steps: [...careSteps],
              next: care.next && {
                on: care.next.on,
                what: care.next.what[language],
                isDue: care.next.on <= localDate(context.now, context.site.timeZone),
              },
            }
          : null,
        handOver: handOver ? shownHandOver(handOver, context) : null,
      };
    }),
  };
}

function shownPurchase(
  {
    stage,
    reached,
    payment,
    total,
    paid,
    dues,
    nextDocument,
  }: ReturnType<RuleContext['know']['owners']['purchases']>[number],
  { now, site, session: { language } }: RuleContext,
): NonNullable<ShownHome['purchase']> {
  const today = localDate(now, site.timeZone);
  return {
    stage,
    reached,
    payment: payment[language],
    total,
    paid,
    dues: dues.map(({ what, amount, by }) => ({ what: what[language], amount, by, isLate: by < today })),
    nextDocument: nextDocument?.[language] ?? null,
  };
}

function shownHandOver(about: KnownHandOver, context: RuleContext): NonNullable<ShownHome['handOver']> {
  const { day, from, to, place, number, signedAt, outcome } = about;
  return {
    day,
    isToday: isToday(about, context),
    from,
    to,
    place: place[context.session.language],
    number,
    isSigned: signedAt !== null,
    outcome,
  };
}

export function showHandOver(
  view: ViewOf<'hand-over'>,
  context: RuleContext,
): ScreenOf<'hand-over'> | undefined {
  const member = memberInFront(context);
  const about = handOverInFront(context);
  if (!member || !about) return undefined;
  const { language } = context.session;
  return {
    kind: 'hand-over',
    member: shownMember(member, context),
    unit: about.unit,
    label: about.label[language],
    place: about.place[language],
    from: about.from,
    to: about.to,
    number: about.number,
    ahead: about.number === null || about.isWaiting ? null : about.ahead,
    turn: about.isAbsent ? 'missed' : about.calledAt ? 'called' : 'waiting',
    asOf: context.know.owners.asOf(),
    defects: defectsOf(about, context).map(({ number, tasks, isWaiting }) => ({
      number,
      label: tasks.map(({ label }) => label[language]).join('; '),
      isWaiting,
    })),
    signed: about.signedAt === null ? null : (about.outcome ?? 'accepted'),
    slip: slipProgress(view.job, context),
  };
}

export function showHandOverSign(
  view: ViewOf<'hand-over-sign'>,
  context: RuleContext,
): ScreenOf<'hand-over-sign'> | undefined {
  const member = memberInFront(context);
  const about = handOverInFront(context);
  return member && about
    ? {
        kind: 'hand-over-sign',
        member: shownMember(member, context),
        label: about.label[context.session.language],
        defects: defectsOf(about, context).length,
        score: view.score,
      }
    : undefined;
}
