// What every command of `yingbin` stands on: where it speaks, in which language, and how it says how it ended.
import { Command } from 'commander';
import { commandTable } from '../command-table.ts';
import { type CommandLanguage, languageOf } from '../command-words.ts';

/** Where a command speaks, and what the shell told it. */
export interface CommandSurroundings {
  readonly write: (text: string) => void;
  /** wrong arguments, wrong config; how far long work is */
  readonly complain: (text: string) => void;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** ends the waiting for a person */
  readonly signal: AbortSignal;
  /** a person sees what is complained at once: bars may be drawn */
  readonly isWatched?: boolean | undefined;
}

/** 0 all is well, 1 something needs care, 2 wrong arguments or config, 3 headquarters cannot be reached, 4 it refused */
export const exitCodes = { well: 0, care: 1, usage: 2, unreachable: 3, refused: 4 } as const;

/** Not for people who run it, but for who reads the exit code. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A word in both languages. */
export type Said = readonly [zh: string, en: string];

export class CommandGround {
  readonly around: CommandSurroundings;
  /** of help and answers */
  readonly language: CommandLanguage;
  /** of the command that ran; 0 unless one said something else */
  exitCode: number = exitCodes.well;

  constructor(around: CommandSurroundings, language: CommandLanguage) {
    this.around = around;
    this.language = language;
  }

  say([zh, en]: Said): string {
    return this.language === 'zh' ? zh : en;
  }

  line(said: Said): void {
    this.around.write(`${this.say(said)}\n`);
  }

  table(heads: readonly Said[], rows: readonly (readonly string[])[]): void {
    this.around.write(
      commandTable(
        heads.map((head) => this.say(head)),
        rows,
      ),
    );
  }

  json(value: unknown): void {
    this.around.write(`${JSON.stringify(value, null, 2)}\n`);
  }

  /** What `action` of a command takes. @param work returns the exit code */
  does<A extends readonly unknown[]>(
    work: (...args: A) => number | Promise<number>,
  ): (...args: A) => Promise<void> {
    return async (...args) => {
      this.exitCode = await work(...args);
    };
  }

  /** @param name with its arguments: `show <terminal>` */
  command(parent: Command, name: string, about: Said, examples: readonly string[] = []): Command {
    const made = parent
      .command(name)
      .description(this.say(about))
      .helpOption('-h, --help', this.say(['显示这份说明', 'shows this']));
    if (examples.length > 0) {
      const lines = examples.map((each) => `  ${each}\n`).join('');
      made.addHelpText('after', `\n${this.say(['例：', 'Examples:'])}\n${lines}`);
    }
    return made;
  }

  /** Commands under one word. */
  group(parent: Command, name: string, about: Said): Command {
    return this.command(parent, name, about).helpCommand(false);
  }

  /** `--language`, which all that speaks takes. */
  speaks(command: Command): Command {
    return command.option(
      '--language <zh|en>',
      this.say(['说哪种语言', 'which language it speaks']),
      language,
    );
  }
}

/** As it is said anywhere among the arguments, else as the shell has it. */
export function saidLanguage(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CommandLanguage {
  const said = args[args.indexOf('--language') + 1];
  return args.includes('--language') && (said === 'zh' || said === 'en') ? said : languageOf(env);
}

function language(said: string): string {
  if (said !== 'zh' && said !== 'en') throw new UsageError('--language must be zh or en');
  return said;
}

/** A program whose every part speaks through `around`. */
export function speakingProgram({
  around,
  say,
}: Pick<CommandGround, 'around'> & { say: (said: Said) => string }): Command {
  const titles: Readonly<Record<string, Said>> = {
    'Usage:': ['用法：', 'Usage:'],
    'Options:': ['选项：', 'Options:'],
    'Arguments:': ['参数：', 'Arguments:'],
    'Commands:': ['命令：', 'Commands:'],
  };
  return new Command('yingbin')
    .exitOverride()
    .showSuggestionAfterError(false)
    .helpCommand(false)
    .helpOption('-h, --help', say(['显示这份说明', 'shows this']))
    .enablePositionalOptions()
    .configureHelp({ styleTitle: (title) => say(titles[title] ?? [title, title]), helpWidth: 110 })
    .configureOutput({
      writeOut: around.write,
      writeErr: around.complain,
      outputError: () => undefined,
    });
}
