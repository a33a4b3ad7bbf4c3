// The gallery's terminals that are none yet, or are being updated.
import type { Screen } from '../../kiosk/screen.ts';
import { updatingScreen } from '../../kiosk/updating-screen.ts';
import { enrollingScreenOf } from '../../provisioning/enrolling-screens.ts';

const terminal = 'hall-1 · 1.4.0';
const board = 'Raspberry Pi 5 Model B · 10000000a1b2c3d4 · 0.1.0';

export function enrollingScreens(): Readonly<Record<string, Screen>> {
  return {
    enrolling: enrollingScreenOf({ step: 'sign', state: 'now', code: null, pending: null }, board),
    'enrolling-failed': enrollingScreenOf(
      { step: 'tls', state: 'failed', code: 'headquarters-foreign', pending: null },
      board,
    ),
    'enrolling-pending': enrollingScreenOf(
      { step: 'claim', state: 'waiting', code: 'approval-awaited', pending: 'K7M4QP' },
      board,
    ),
    'enrolling-claim-dead': enrollingScreenOf(
      { step: 'claim', state: 'failed', code: 'claim-used', pending: 'K7M4QP' },
      board,
    ),
    updating: updatingScreen('release', terminal),
    'updating-set-up': updatingScreen('set-up', terminal),
    'updating-back': updatingScreen('back', terminal),
  };
}
