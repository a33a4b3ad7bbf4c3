// Light and sound around the screen: what they say, in which order of importance.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type PanelLight, panelLights } from '../../device/control-panel.ts';
import { lightFor, PanelSignals } from '../../kiosk/panel-signals.ts';
import type { Show } from '../../kiosk/screen.ts';
import { frame } from '../ui/show-frame.ts';
import { showsIn } from '../ui/shows.ts';

const shows = showsIn('zh');
const show = (name: string): Show => {
  const found = shows[name];
  if (!found) throw new Error(`no show ${name}`);
  return found;
};
const attract = frame('zh', { kind: 'attract', today: [], notice: null });
const isOut = {
  status: {
    ...attract.status,
    troubles: [{ device: 'printer', code: 'printer-paper-out', isOut: true, visitor: 'v', staff: 's' }],
  },
};
const checkedIn = (slip: 'printing' | 'printed'): Show => {
  const { screen } = show('checked-in');
  if (screen.kind !== 'checked-in') throw new Error(screen.kind);
  return frame('zh', { ...screen, slip });
};

describe('the light', () => {
  const cases: [string, Show, boolean, PanelLight][] = [
    ['idle while nobody is there', attract, false, 'idle'],
    ['welcome when somebody stands in front', attract, true, 'welcome'],
    ['welcome during a session', show('home'), false, 'welcome'],
    ['working while the slip prints', checkedIn('printing'), true, 'working'],
    ['success after a check-in', checkedIn('printed'), true, 'success'],
    [
      'attention while help is on its way',
      { ...checkedIn('printing'), isHelpCalled: true },
      true,
      'attention',
    ],
    ['fault when a device is out', { ...attract, ...isOut }, false, 'fault'],
    ['success even though a device is out', { ...checkedIn('printed'), ...isOut }, true, 'success'],
    ['fault when the terminal cannot serve', show('out-of-service'), true, 'fault'],
  ];
  it.each(cases)('%s', (_, seen, isPresent, light) => {
    expect(lightFor(seen, isPresent)).toBe(light);
  });
});

describe('the panel', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function panel() {
    const said: string[] = [];
    const signals = new PanelSignals(() => ({
      showLight: (light) => void said.push(light),
      play: (sound) => void said.push(`sound ${sound}`),
    }));
    return { said, signals };
  }

  it('is told of a light once, not with every show', () => {
    const { said, signals } = panel();
    signals.noteShow(attract);
    signals.noteShow({ ...attract, revision: 9 });
    signals.notePresence(true);
    signals.notePresence(false);
    expect(said).toEqual(['idle', 'welcome', 'idle']);
  });

  it('shows every light when it is tried, and then what is true again', () => {
    const { said, signals } = panel();
    signals.noteShow(attract);
    signals.tryAll('lights');
    signals.notePresence(true);
    vi.runAllTimers();
    expect(said).toEqual(['idle', ...panelLights, 'welcome']);
  });

  it('plays every sound when it is tried; a close ends it', () => {
    const { said, signals } = panel();
    signals.tryAll('sounds');
    vi.runAllTimers();
    expect(said).toEqual(['sound success', 'sound refused', 'sound help', 'sound alarm']);
    signals.tryAll('sounds');
    signals.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is nothing when there is none', () => {
    const signals = new PanelSignals(() => null);
    signals.noteShow(attract);
    signals.play('help');
    signals.tryAll('lights');
    expect(vi.getTimerCount()).toBe(0);
  });
});
