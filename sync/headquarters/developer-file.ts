// The file that brings a developer's world in: its shape, its parser, and what must hold between its rows.
import * as v from 'valibot';
import { boardRowSchema } from '../contract/board.ts';
import { issueSentence } from '../contract/config-file.ts';
import { eventRowSchema, sessionRowSchema } from '../contract/events.ts';
import { daySchema, memberIdSchema, projectIdSchema, sessionIdSchema, wordsSchema } from '../contract/ids.ts';
import { libraryRowSchema } from '../contract/library.ts';
import { cardStates, homeSchema, ledgerLineSchema, levelRowSchema } from '../contract/members.ts';
import { HeadquartersError } from './headquarters-error.ts';
import { regionSchema } from './reports/regions.ts';
import { salesFileSchema } from './sales/sales-file.ts';

const cardNumberSchema = {
  technology: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,20}$/)),
  /** in the one spelling of its technology (em4100: 10 upper-case hex digits); only its token is kept */
  number: v.pipe(v.string(), v.regex(/^[0-9A-F]{4,32}$/, 'must be 4 to 32 upper-case hex digits')),
};

const memberSchema = v.strictObject({
  id: memberIdSchema,
  /** in full: it stays at headquarters */
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  phone: v.pipe(v.string(), v.maxLength(20)),
  /** 4–8 digits, or null; only its hash is kept */
  pin: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^\d{4,8}$/, 'must be 4 to 8 digits'))), null),
  /** instead of `pin`, when it was hashed before with `pinHash` */
  pinHash: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))),
  cards: v.array(v.strictObject({ ...cardNumberSchema, state: v.picklist(cardStates) })),
  homes: v.array(homeSchema),
  birthday: v.optional(v.nullable(daySchema)),
  /** of the identity card; only a key of it is kept */
  idNumber: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(30)))),
  /** opening entries; an id that was imported before is not booked again */
  ledger: v.array(ledgerLineSchema),
});

const staffSchema = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  project: v.nullable(projectIdSchema),
  cards: v.array(v.strictObject(cardNumberSchema)),
});

const developerSchema = v.strictObject({
  v: v.literal(1),
  /** 地区公司, in the order of the month's report; a project that is in none stands by itself there */
  regions: v.optional(v.array(regionSchema), []),
  board: v.array(boardRowSchema),
  /** left out or empty: the shipped library, with its places for every project of the board */
  library: v.optional(v.array(libraryRowSchema), []),
  levels: v.array(levelRowSchema),
  members: v.array(memberSchema),
  /** cards of our own people */
  staff: v.optional(v.array(staffSchema)),
  events: v.array(eventRowSchema),
  sessions: v.array(sessionRowSchema),
  rosters: v.array(
    v.strictObject({
      session: sessionIdSchema,
      member: memberIdSchema,
      treatment: v.nullable(wordsSchema),
    }),
  ),
  sales: v.optional(salesFileSchema),
});
/** Plain data, ids unbranded: what somebody writes. */
export type DeveloperFile = v.InferInput<typeof developerSchema>;
/** The same after parsing. */
export type Developer = v.InferOutput<typeof developerSchema>;

/**
 * @param text the file's content
 * @throws HeadquartersError hq-import-unreadable | hq-import-shape | hq-import-duplicate | hq-import-reference, naming the path
 */
export function parseDeveloperText(text: string, file: string): Developer {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new HeadquartersError(
      'hq-import-unreadable',
      // the parser's own words would quote the file, and with it people
      `${file} is not JSON${placeOf(cause as Error)}. Mend it and import again.`,
    );
  }
  return parseDeveloper(value, file);
}

/** @throws HeadquartersError as `parseDeveloperText` */
export function parseDeveloper(value: unknown, file: string): Developer {
  const result = v.safeParse(developerSchema, value, { abortEarly: true });
  if (!result.success) {
    const issue = result.issues[0];
    const key = v.getDotPath(issue) ?? 'the whole file';
    throw new HeadquartersError(
      'hq-import-shape',
      `${file}: ${key} ${unquotedSentence(issue)}. Mend it and import again.`,
    );
  }
  checkReferences(result.output, file);
  return result.output;
}

/** As `issueSentence`, without the value: it may be a name, a number of a card or telephone, or a PIN. */
function unquotedSentence(issue: v.BaseIssue<unknown>): string {
  if (issue.type === 'regex' && !issue.message.startsWith('must ')) return `must match ${issue.expected}`;
  const { received } = issue;
  return issueSentence({ ...issue, received: received === 'undefined' ? received : typeof issue.input });
}

/** `` or ` at position 17` */
function placeOf({ message }: Error): string {
  return / at position \d+/.exec(message)?.[0] ?? '';
}

function checkReferences(developer: Developer, file: string): void {
  const duplicate = (path: string, what: string): never => {
    throw new HeadquartersError(
      'hq-import-duplicate',
      `${file}: ${path} repeats ${what}. Remove one of them.`,
    );
  };
  const ids = (rows: readonly { readonly id: string }[], path: string): Set<string> => {
    const seen = new Set<string>();
    rows.forEach(({ id }, index) => {
      if (seen.has(id)) duplicate(`${path}.${index}.id`, `the id ${id}`);
      seen.add(id);
    });
    return seen;
  };
  const need = (known: ReadonlySet<string>, id: string, path: string, what: string): void => {
    if (!known.has(id)) {
      throw new HeadquartersError(
        'hq-import-reference',
        `${file}: ${path} names the ${what} ${id}, which the file does not have. Add it or mend the name.`,
      );
    }
  };
  checkBoard(developer, ids, need);
  const projects = new Set<string>(
    developer.board.flatMap((row) => (row.kind === 'project' ? [row.id] : [])),
  );
  ids(developer.regions, 'regions');
  const placed = new Set<string>();
  developer.regions.forEach(({ projects: some }, index) => {
    some.forEach((project, at) => {
      need(projects, project, `regions.${index}.projects.${at}`, 'project');
      if (placed.has(project)) duplicate(`regions.${index}.projects.${at}`, `the project ${project}`);
      placed.add(project);
    });
  });
  checkLibrary(developer, ids, need);
  const members = ids(developer.members, 'members');
  const events = ids(developer.events, 'events');
  const sessions = ids(developer.sessions, 'sessions');
  developer.sessions.forEach(({ event }, index) => {
    need(events, event, `sessions.${index}.event`, 'event');
  });
  developer.rosters.forEach(({ session, member }, index) => {
    need(sessions, session, `rosters.${index}.session`, 'session');
    need(members, member, `rosters.${index}.member`, 'member');
  });
  developer.sales?.purchases.forEach(({ member }, index) => {
    need(members, member, `sales.purchases.${index}.member`, 'member');
  });
  developer.sales?.handOverDays.forEach(({ units }, index) => {
    units.forEach(({ member }, at) => {
      need(members, member, `sales.handOverDays.${index}.units.${at}.member`, 'member');
    });
  });
  const cards = new Set<string>();
  const entries = new Set<string>();
  developer.members.forEach((member, index) => {
    member.ledger.forEach(({ id }, line) => {
      if (entries.has(id)) duplicate(`members.${index}.ledger.${line}.id`, `the id ${id}`);
      entries.add(id);
    });
    member.cards.forEach(({ technology, number }, card) => {
      // the number itself must not stand in an error
      if (cards.has(`${technology}|${number}`)) duplicate(`members.${index}.cards.${card}.number`, 'a card');
      cards.add(`${technology}|${number}`);
    });
  });
}

type Ids = (rows: readonly { readonly id: string }[], path: string) => Set<string>;
type Need = (known: ReadonlySet<string>, id: string, path: string, what: string) => void;

function checkBoard({ board }: Developer, ids: Ids, need: Need): void {
  const of = <K extends Developer['board'][number]['kind']>(kind: K) =>
    board.filter((row): row is Extract<Developer['board'][number], { kind: K }> => row.kind === kind);
  const projects = ids(of('project'), 'board(project)');
  const buildings = ids(of('building'), 'board(building)');
  const layouts = ids(of('layout'), 'board(layout)');
  const states = new Set(of('state').map(({ code }) => code));
  ids(of('unit'), 'board(unit)');
  board.forEach((row, index) => {
    if (row.kind === 'state' || row.kind === 'project') return;
    need(projects, row.project, `board.${index}.project`, 'project');
    if (row.kind !== 'unit') return;
    need(buildings, row.building, `board.${index}.building`, 'building');
    need(layouts, row.layout, `board.${index}.layout`, 'layout');
    need(states, row.state, `board.${index}.state`, 'state');
  });
}

function checkLibrary({ library }: Developer, ids: Ids, need: Need): void {
  const of = <K extends Developer['library'][number]['kind']>(kind: K) =>
    library.filter((row): row is Extract<Developer['library'][number], { kind: K }> => row.kind === kind);
  const elements = ids(of('element'), 'library(element)');
  const problems = ids(of('problem'), 'library(problem)');
  const ports = ids(of('port'), 'library(port)');
  library.forEach((row, index) => {
    const path = `library.${index}`;
    if (row.kind === 'place') {
      row.elements.forEach((element, at) => {
        need(elements, element, `${path}.elements.${at}`, 'element');
      });
    } else if (row.kind === 'element') {
      if (row.parent !== null) need(elements, row.parent, `${path}.parent`, 'element');
    } else if (row.kind === 'problem') {
      need(elements, row.element, `${path}.element`, 'element');
      need(ports, row.port, `${path}.port`, 'port');
    } else if (row.kind === 'phrase') {
      need(problems, row.problem, `${path}.problem`, 'problem');
    }
  });
}
