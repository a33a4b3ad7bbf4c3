// What the loop does not do itself behind the maintenance PIN: what takes time, and what is done to the machine.

import type { MaintenanceAction } from '../sync/contract/facts.ts';
import type { Decision } from './decision.ts';
import { faultText } from './fault-text.ts';
import type { KioskOptions } from './kiosk-options.ts';
import type { MaintenanceDeeds } from './maintenance-deeds.ts';
import type { DeskTouch } from './maintenance-touches.ts';
import type { RuleContext } from './rule-context.ts';
import { decideDeed, decideMaintenancePin, decidePicture, mayTryPin } from './rules/maintenance.ts';

/** The loop's session, for who stands beside it. */
export interface DeskSession {
  context(): RuleContext;
  /** @returns is it on disk, if it had to be? */
  carryOut(decision: Decision): boolean;
  /** something was touched that changes nothing */
  stay(): void;
  /** rises with every view */
  revision(): number;
  isClosed(): boolean;
  end(): void;
}

type DeskOptions = Pick<KioskOptions, 'isMaintenancePin' | 'takePicture' | 'onMaintenance' | 'deeds' | 'log'>;

export class MaintenanceDesk {
  readonly #options: DeskOptions;
  readonly #session: DeskSession;

  constructor(options: DeskOptions, session: DeskSession) {
    this.#options = options;
    this.#session = session;
  }

  /** @param pin is compared, and kept by nobody */
  tryPin(pin: string): void {
    const { isMaintenancePin, log } = this.#options;
    const session = this.#session;
    if (!mayTryPin(session.context())) return;
    session.carryOut({ view: { kind: 'maintenance-pin', isChecking: true, problem: null } });
    const revision = session.revision();
    isMaintenancePin(pin).then(
      (isRight) => this.#notePin(isRight, revision),
      (cause: unknown) => {
        log.fault('pin-check-failed', faultText('pin-check-failed'), cause);
        session.end();
      },
    );
  }

  touch(touch: DeskTouch): void {
    if (touch.kind === 'take-picture') {
      void this.#takePicture();
      return;
    }
    const { deeds } = this.#options;
    const begin = deeds && beginningOf(touch, deeds);
    const decision = decideDeed(actionOf(touch), this.#session.context());
    if (!begin || !decision) this.#session.stay();
    // what cannot be told to headquarters is not done
    else if (this.#session.carryOut(decision)) begin();
  }

  #notePin(isRight: boolean, revision: number): void {
    const session = this.#session;
    if (session.isClosed()) return;
    const decision = decideMaintenancePin(isRight, session.context());
    if (revision !== session.revision()) {
      // whoever typed it is gone: a right one opens nothing any more, and a wrong one counts all the same
      if (!isRight) session.carryOut({ ...decision, view: session.context().session.view });
      return;
    }
    session.carryOut(decision);
    if (isRight) this.#options.onMaintenance();
  }

  /** Only of a screen that shows nobody, from before the picture is taken until it is there. */
  async #takePicture(): Promise<void> {
    const session = this.#session;
    const { view } = session.context().session;
    const decision = decidePicture(session.context());
    if (view.kind !== 'maintenance' || !decision) {
      session.stay();
      return;
    }
    if (!session.carryOut(decision)) return;
    const revision = session.revision();
    const isStillShown = (): boolean => revision === session.revision();
    // the page may not have drawn yet that the card is gone
    const picture = await this.#options.takePicture(view.card !== null, isStillShown);
    const now = session.context().session.view;
    if (!session.isClosed() && now.kind === 'maintenance' && now.picture?.kind === 'taking')
      session.carryOut({ view: { ...now, picture } });
  }
}

type Deed = Exclude<DeskTouch, { kind: 'take-picture' }>;

function actionOf(touch: Deed): MaintenanceAction {
  switch (touch.kind) {
    case 'look-again':
      return touch.what === 'checks' ? 'checks-run' : 'network-looked-at';
    case 'choose-wifi':
      return 'wifi-changed';
    case 'set-volume':
      return 'volume-set';
    case 'set-brightness':
      return 'brightness-set';
    case 'export-diagnosis':
      return 'diagnosis-exported';
    case 'restart':
      return touch.what === 'program' ? 'program-restarted' : 'machine-restarted';
    case 'enrol-anew':
      return 'enrolment-begun-anew';
    case 'update-now':
      return 'update-released';
  }
}

/** @returns undefined when it cannot be done here */
function beginningOf(touch: Deed, deeds: MaintenanceDeeds): (() => void) | undefined {
  if (!deeds.can(touch)) return undefined;
  switch (touch.kind) {
    case 'look-again':
      return () => deeds.look(touch.what);
    case 'choose-wifi':
      return () => deeds.joinWifi(touch.ssid, touch.key);
    case 'set-volume':
      return () => deeds.setVolume(touch.volume);
    case 'set-brightness':
      return () => deeds.setBrightness(touch.percent);
    case 'export-diagnosis':
      return () => deeds.exportDiagnosis();
    case 'restart':
      return () => deeds.restart(touch.what);
    case 'enrol-anew':
      return () => deeds.enrolAnew();
    case 'update-now':
      return () => deeds.updateNow();
  }
}
