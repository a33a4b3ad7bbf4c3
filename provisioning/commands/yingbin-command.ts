// What the `yingbin` command understands: it puts the groups of commands together and says how a run ended.
import { type Command, CommanderError } from 'commander';
import { ConfigError } from '../../kiosk/config.ts';
import { claimCommands } from './claim-commands.ts';
import {
  CommandGround,
  type CommandSurroundings,
  exitCodes,
  type Said,
  saidLanguage,
  speakingProgram,
  UsageError,
} from './command-ground.ts';
import { configCommands } from './config-commands.ts';
import { deedCommands } from './deed-commands.ts';
import { deviceCommands } from './device-commands.ts';
import { lookCommands } from './look-commands.ts';
import { orderCommands } from './order-commands.ts';
import { pendingCommands } from './pending-commands.ts';
import { programCommands } from './program-commands.ts';
import { releaseCommands } from './release-commands.ts';
import { secretCommands } from './secret-commands.ts';
import { setupCommands } from './setup-commands.ts';

const groups = [
  setupCommands,
  programCommands,
  deviceCommands,
  pendingCommands,
  claimCommands,
  configCommands,
  secretCommands,
  releaseCommands,
  orderCommands,
  lookCommands,
  deedCommands,
];

const ends: Said = [
  `退出码：0 一切正常；1 有事需要处理，或试验未通过；2 参数或配置有误；3 连不上总部；4 总部拒绝。`,
  `Exit codes: 0 all is well, 1 something needs care or a trial failed, 2 wrong arguments or config,
            3 headquarters cannot be reached, 4 headquarters refused.`,
];

/** @returns the exit code */
export async function runCommand(args: readonly string[], around: CommandSurroundings): Promise<number> {
  const words = asNamedNow(args);
  const ground = new CommandGround(around, saidLanguage(args, around.env));
  const program = speakingProgram({ around, say: (said) => ground.say(said) });
  program.addHelpText('after', `\n${ground.say(ends)}\n`);
  for (const add of groups) add(program, ground);
  try {
    if (args.length === 0)
      throw new UsageError('say terminal, enrol, headquarters, doctor, broker-check, udev or site bundle');
    await program.parseAsync(words, { from: 'user' });
    return ground.exitCode;
  } catch (error) {
    return endOf(error, commandOf(program, words), ground);
  }
}

/** What commands were called before: scripts go on, and help shows one name. */
const formerNames: Readonly<Record<string, readonly string[]>> = {
  'test-slip': ['print-test'],
  'site-bundle': ['site', 'bundle'],
};

function asNamedNow([name = '', ...rest]: readonly string[]): string[] {
  return name === ''
    ? rest
    : [...(Object.hasOwn(formerNames, name) ? (formerNames[name] ?? []) : [name]), ...rest];
}

function endOf(error: unknown, command: Command, ground: CommandGround): number {
  const { complain } = ground.around;
  if (error instanceof CommanderError) {
    // help that was asked for
    if (error.exitCode === 0) return exitCodes.well;
    if (error.code !== 'commander.help')
      complain(`${sentenceOf(error, ground)}\n\n${command.helpInformation()}`);
    return exitCodes.usage;
  }
  if (error instanceof UsageError) {
    complain(`${error.message}\n\n${command.helpInformation()}`);
    return exitCodes.usage;
  }
  if (isOfFiles(error)) {
    complain(`${error.message}\n`);
    return exitCodes.care;
  }
  if (!(error instanceof ConfigError)) throw error;
  complain(`${error.message}\n`);
  return exitCodes.usage;
}

/** A folder that is not there, a disk that is full: whoever typed the path knows what to do. */
function isOfFiles(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}

/** Commander says it in English alone, with what it is about in quotes. */
const sentences: Readonly<Record<string, (what: string) => Said>> = {
  'commander.unknownCommand': (what) => [`没有 ${what} 这个命令`, `${what} is no command`],
  'commander.unknownOption': (what) => [`不认识选项 ${what}`, `${what} is no option of this command`],
  'commander.missingArgument': (what) => [`缺少参数 ${what}`, `${what} is missing`],
  'commander.missingMandatoryOptionValue': (what) => [`缺少选项 ${what}`, `${what} is missing`],
  'commander.optionMissingArgument': (what) => [`选项 ${what} 缺少值`, `${what} needs a value`],
  'commander.excessArguments': () => ['参数太多', 'too many arguments'],
};

function sentenceOf({ code, message }: CommanderError, ground: CommandGround): string {
  const what = /'([^']*)'/.exec(message)?.[1] ?? '';
  const said = sentences[code]?.(what);
  return said ? ground.say(said) : message;
}

/** Which of its commands was meant, as far as that can be told. */
function commandOf(program: Command, args: readonly string[]): Command {
  let at = program;
  for (const word of args) {
    const next = at.commands.find((each) => each.name() === word);
    if (!next) return at;
    at = next;
  }
  return at;
}
