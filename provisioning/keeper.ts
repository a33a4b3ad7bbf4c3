// Keeps the terminal serving: runs it, tries what headquarters wants of it, and goes back when that does not serve as well.

import {
  type LeaveReason,
  silentAfterMs,
  type TerminalHealth,
  type TerminalWord,
} from '../kiosk/keeper-line.ts';
import { cannotStartCode, restartCode } from '../kiosk/terminal-process.ts';
import { BackOff } from '../sync/back-off.ts';
import type { Desired } from '../sync/contract/twin.ts';
import { type GateFault, gateFault } from './health-gate.ts';
import type { KeeperOptions } from './keeper-options.ts';
import {
  type KeeperState,
  readKeeperState,
  reportOf,
  type Served,
  stateOfOwn,
  stateWanting,
  withReport,
  writeKeeperState,
} from './keeper-state.ts';
import type { KioskRun } from './kiosk-child.ts';
import type { Preparation } from './prepare-setup.ts';
import { ScreenWatch } from './screen-watch.ts';
import { type TrialLimits, TrialWatch, usualTrialLimits } from './trial-watch.ts';
import { UpdateHold } from './update-hold.ts';
import { UpdateNews } from './update-news.ts';

const reportAgainMs = 5_000;
const prepareAgainMs = { minMs: 15_000, maxMs: 900_000 };
/** a first start may have much to mend and to read */
const slowStartMs = 120_000;

export class Keeper {
  readonly #options: KeeperOptions;
  readonly #limits: TrialLimits;
  readonly #backOff: BackOff;
  readonly #hold: UpdateHold;
  readonly #prepareBackOff = new BackOff(prepareAgainMs, Math.random);
  #state: KeeperState;
  #run: KioskRun | null = null;
  #runs = 0;
  #startedMs = 0;
  #startAtMs = 0;
  #health: TerminalHealth | null = null;
  #heardMs = 0;
  #trialWatch: TrialWatch | null = null;
  #prepared: { readonly rev: number; readonly result: Preparation } | null = null;
  #isPreparing = false;
  #prepareAtMs = 0;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  readonly #screen = new ScreenWatch();
  readonly #news = new UpdateNews();
  #isConfirmed = false;
  #end: number | null = null;

  private constructor(options: KeeperOptions) {
    this.#options = options;
    this.#limits = options.limits ?? usualTrialLimits;
    this.#backOff = new BackOff(options.pauses ?? { minMs: 500, maxMs: 30_000 }, Math.random);
    this.#hold = new UpdateHold(options.setups.holdFile);
    this.#state = readKeeperState(options.setups.stateFile, options.ownRelease);
  }

  /** Goes on with what was tried when the power went. Runs nothing yet: that is what `step` does. */
  static open(options: KeeperOptions): Keeper {
    const keeper = new Keeper(options);
    const own = stateOfOwn(keeper.#state, options.ownRelease);
    if (own) keeper.#save(own);
    keeper.#resumeTrial();
    return keeper;
  }

  get state(): KeeperState {
    return this.#state;
  }

  /**
   * One look at everything; to be called several times a second, one after the other.
   * @returns the exit code when the keeper is to end
   */
  async step(): Promise<number | null> {
    this.#watch();
    await this.#judge();
    await this.#advance();
    this.#tellReport();
    const heard = this.#health ? this.#run : null;
    this.#news.tell(heard, { isTrying: this.#state.trial !== null, isPreparing: this.#isPreparing });
    this.#tendScreen();
    return this.#end;
  }

  /** @param why left out = it is to start again, or to end */
  async close(why?: LeaveReason): Promise<void> {
    await this.#stop(why);
  }

  async #stop(why?: LeaveReason): Promise<void> {
    const run = this.#run;
    if (why) run?.tell({ kind: 'leave', why });
    this.#run = null;
    await run?.stop();
  }

  #resumeTrial(): void {
    const { trial } = this.#state;
    if (!trial) return;
    if (trial.starts >= this.#limits.starts) {
      this.#layGood({ code: 'keeper-interrupted', path: null });
      return;
    }
    this.#save({ ...this.#state, trial: { ...trial, starts: trial.starts + 1 } });
    this.#options.setups.lay(trial.rev);
    this.#openWatch();
  }

  #watch(): void {
    const { monoMs, complain } = this.#options;
    const nowMs = monoMs();
    if (!this.#run) {
      if (this.#end === null && nowMs >= this.#startAtMs) this.#start();
      return;
    }
    const patienceMs = this.#health ? silentAfterMs : slowStartMs;
    if (nowMs - this.#heardMs < patienceMs) return;
    this.#heardMs = nowMs;
    complain('the terminal hangs and is ended\n');
    if (this.#health) this.#trialWatch?.noteHang();
    this.#run.kill();
  }

  #start(): void {
    const { start, scriptOf, setups, monoMs } = this.#options;
    const { good, trial } = this.#state;
    this.#runs += 1;
    this.#startedMs = monoMs();
    this.#heardMs = this.#startedMs;
    this.#health = null;
    const run: KioskRun = start(scriptOf((trial ?? good).release), setups.configFile, {
      onWord: (word) => {
        if (this.#run === run) this.#hear(word);
      },
      onExit: (code) => {
        if (this.#run === run) this.#noteExit(code);
      },
    });
    this.#run = run;
    this.#toldAtMs = Number.NEGATIVE_INFINITY;
  }

  #noteExit(code: number | null): void {
    const { complain, monoMs } = this.#options;
    this.#run = null;
    this.#health = null;
    const isFirst = this.#runs === 1;
    if (
      !this.#trialWatch &&
      (code === 0 || (code === cannotStartCode && isFirst && this.#state.good.rev === 0))
    ) {
      this.#end = code;
      return;
    }
    // what it was told to do is no failure
    if (code !== restartCode) this.#trialWatch?.noteCrash();
    this.#backOff.noteLasted(monoMs() - this.#startedMs);
    complain(`the terminal ended (${code ?? 'killed'}) and is started again\n`);
    this.#startAtMs = monoMs() + (this.#trialWatch ? 0 : this.#backOff.nextMs());
  }

  #hear(word: TerminalWord): void {
    this.#heardMs = this.#options.monoMs();
    switch (word.kind) {
      case 'serving':
        this.#health = word.health;
        return;
      case 'desired':
        this.#want(word.desired);
        return;
      case 'ask':
        if (word.what === 'enrol-anew') this.#options.onEnrolAnew();
        else this.#hold.release();
        return;
      case 'reported':
        this.#save({
          ...this.#state,
          reports: this.#state.reports.filter(({ number }) => number > word.number),
        });
        this.#toldAtMs = Number.NEGATIVE_INFINITY;
        return;
    }
  }

  #want(desired: Desired): void {
    const state = stateWanting(this.#state, desired);
    if (!state) {
      this.#options.complain('a set-up that is old or not whole was ignored\n');
      return;
    }
    if (state.wanted !== this.#state.wanted) {
      this.#prepared = null;
      this.#prepareAtMs = 0;
    }
    if (state !== this.#state) this.#save(state);
  }

  async #judge(): Promise<void> {
    const watch = this.#trialWatch;
    const { trial } = this.#state;
    if (!watch || !trial) {
      this.#confirmOwn();
      return;
    }
    const verdict = await watch.judge(this.#options.monoMs(), () => this.#fault(trial.before));
    if (verdict.kind === 'proven') this.#commit();
    if (verdict.kind === 'failed') await this.#goBack(verdict.fault);
  }

  async #fault(before: TerminalHealth | null): Promise<GateFault | null> {
    const { setups, doesAnswer } = this.#options;
    const wanted = setups.devices();
    const now = this.#run ? this.#health : null;
    const asked = { now, before, wanted };
    return (
      gateFault({ ...asked, doesAnswer: true }) ?? gateFault({ ...asked, doesAnswer: await doesAnswer() })
    );
  }

  #commit(): void {
    const { trial, good, wanted } = this.#state;
    if (!trial) return;
    const { promote, setups } = this.#options;
    // before it is known as good: a keeper that starts between finds a trial, and its own release in it
    if (trial.release !== good.release) promote(trial.release);
    const { rev, hash, release } = trial;
    const now: Served = { rev, hash, release };
    const done = withReport(this.#state, reportOf('ok', now));
    this.#save({
      ...done,
      good: now,
      minSeq: Math.max(done.minSeq, trial.minSeq),
      trial: null,
      failed: null,
      wanted: wanted?.rev === rev ? null : wanted,
    });
    this.#trialWatch = null;
    setups.prune([rev, good.rev]);
  }

  async #goBack(fault: Pick<GateFault, 'path'> & { readonly code: string }): Promise<void> {
    this.#options.complain(`what was tried does not serve (${fault.code}): back to what did\n`);
    await this.#stop('back');
    this.#layGood(fault);
    this.#startAtMs = 0;
  }

  #layGood({ code, path }: { readonly code: string; readonly path: string | null }): void {
    const { trial, good, wanted } = this.#state;
    if (!trial) return;
    this.#options.setups.lay(good.rev);
    const report = reportOf('rolled-back', { ...good, rev: trial.rev }, { code, path });
    this.#save({
      ...withReport(this.#state, report),
      trial: null,
      failed: report,
      wanted: wanted?.rev === trial.rev ? null : wanted,
    });
    this.#trialWatch = null;
    if (trial.before?.isPainted) this.#screen.expectBack(this.#options.monoMs());
  }

  async #advance(): Promise<void> {
    const { wanted, trial, good } = this.#state;
    const { onHandOver, ownRelease, prepare, isWindowOpen, isSiteClosed, monoMs } = this.#options;
    if (trial || !this.#health) return;
    if (!wanted) {
      if (this.#health.isBusy) return;
      if (ownRelease > 0 && good.release !== ownRelease) onHandOver();
      else await this.#tryOffered();
      return;
    }
    if (this.#prepared?.rev !== wanted.rev) {
      if (this.#isPreparing || monoMs() < this.#prepareAtMs) return;
      this.#isPreparing = true;
      const onFetched = (share: number): void => this.#news.noteFetched(share);
      void prepare(wanted, good, onFetched).then((result) => this.#notePrepared(wanted, result));
      return;
    }
    const { result } = this.#prepared;
    if (result.kind !== 'ready') return;
    const { isBusy } = this.#health;
    const isOpen = isWindowOpen(wanted, result.release !== good.release);
    const signs = { rev: wanted.rev, isBusy, isWindowOpen: isOpen, isSiteClosed: isSiteClosed() };
    const why = this.#hold.why({ ...signs, nowMs: monoMs() });
    if (why) this.#sayWaiting(wanted, { code: why, path: null });
    else await this.#try(wanted, result);
  }

  #notePrepared(wanted: Desired, result: Preparation): void {
    this.#isPreparing = false;
    if (this.#state.wanted?.rev !== wanted.rev) return;
    if (result.kind === 'ready') {
      this.#prepared = { rev: wanted.rev, result };
      return;
    }
    if (result.kind === 'later') {
      this.#prepareAtMs = this.#options.monoMs() + this.#prepareBackOff.nextMs();
      this.#sayWaiting(wanted, result);
      return;
    }
    const report = reportOf('rejected', { ...this.#state.good, rev: wanted.rev }, result);
    this.#save({ ...withReport(this.#state, report), wanted: null, failed: report });
  }

  /** Once for each reason. */
  #sayWaiting({ rev }: Desired, { code, path }: Pick<GateFault, 'path'> & { readonly code: string }): void {
    const { good, reports, lastWaiting } = this.#state;
    const said = `${rev} ${code}`;
    if (lastWaiting === said) return;
    const report = reportOf('waiting', { ...good, rev }, { code, path });
    // what was said of waiting before, and is no fact yet, is of no use any more
    const told = reports.filter(({ report: { state } }) => state !== 'waiting');
    this.#save({ ...withReport({ ...this.#state, reports: told }, report), lastWaiting: said });
  }

  async #try(wanted: Desired, ready: Extract<Preparation, { kind: 'ready' }>): Promise<void> {
    const { setups } = this.#options;
    const { good } = this.#state;
    const next: Served = { rev: wanted.rev, hash: wanted.hash, release: ready.release };
    setups.keep(wanted.rev, ready.files, ready.pin);
    this.#prepared = null;
    if (next.release === good.release && setups.isInForce(wanted.rev)) {
      const done = withReport(this.#state, reportOf('ok', next));
      this.#save({ ...done, good: next, wanted: null, failed: null });
      return;
    }
    await this.#begin(next, ready.minSeq);
  }

  /** Brought by hand: whoever did so chose the hour. */
  async #tryOffered(): Promise<void> {
    const { offered, forgetOffer, setups } = this.#options;
    const { good, minSeq } = this.#state;
    const release = offered();
    if (release === 0) return;
    forgetOffer();
    if (release === good.release || release < minSeq) return;
    setups.base(good.rev);
    await this.#begin({ rev: good.rev, hash: null, release }, minSeq);
  }

  async #begin(next: Served, minSeq: number): Promise<void> {
    this.#hold.end();
    const { good } = this.#state;
    const begun = withReport(this.#state, reportOf('applying', { ...good, rev: next.rev }));
    this.#save({ ...begun, trial: { ...next, starts: 0, before: this.#health, minSeq } });
    await this.#stop(next.release === good.release ? 'set-up' : 'release');
    this.#options.setups.lay(next.rev);
    this.#openWatch();
    this.#startAtMs = 0;
    this.#watch();
  }

  #openWatch(): void {
    const { good, trial } = this.#state;
    const isRelease = trial?.release !== good.release;
    this.#trialWatch = new TrialWatch(this.#limits, { isRelease, nowMs: this.#options.monoMs() });
  }

  #tellReport(): void {
    const [next] = this.#state.reports;
    const nowMs = this.#options.monoMs();
    if (!next || !this.#health || nowMs - this.#toldAtMs < reportAgainMs) return;
    this.#toldAtMs = nowMs;
    this.#run?.tell({ kind: 'report', source: this.#state.source, ...next });
  }

  #tendScreen(): void {
    const { monoMs, renewScreen } = this.#options;
    if (this.#health && this.#screen.isDue(this.#health.isPainted, monoMs())) renewScreen();
  }

  #confirmOwn(): void {
    const { good, trial } = this.#state;
    if (this.#isConfirmed || !this.#health || trial) return;
    const { ownRelease } = this.#options;
    // what serves may be of the next release, whose own keeper has yet to show that it can
    if (ownRelease > 0 && good.release !== ownRelease) return;
    this.#isConfirmed = true;
    this.#options.onServing();
  }

  #save(state: KeeperState): void {
    writeKeeperState(this.#options.setups.stateFile, state);
    this.#state = state;
  }
}
