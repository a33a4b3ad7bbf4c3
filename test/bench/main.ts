// `npm run bench`: every row that there is, each loaded when it is measured.
import { bench } from './bench.ts';
import type { MeasureRow } from './row.ts';

const measures: Readonly<Record<string, MeasureRow>> = {
  'swipe-to-screen': async (options) => (await import('./swipe-to-screen.ts')).swipeToScreenRow(options),
  'swipe-to-disk': async (options) => (await import('./swipe-to-disk.ts')).swipeToDiskRow(options),
  enqueue: async (options) => (await import('./enqueue.ts')).enqueueRow(options),
  'hq-apply': async (options) => (await import('./hq-apply.ts')).hqApplyRow(options),
  'online-load': async (options) => (await import('./online-load.ts')).onlineLoadRow(options),
  drain: async (options) => (await import('./drain.ts')).drainRow(options),
  dataset: async (options) => (await import('./dataset.ts')).datasetRow(options),
  'member-lookup': async (options) => (await import('./member-lookup.ts')).memberLookupRow(options),
  club: async (options) => (await import('./club.ts')).clubRow(options),
  'cold-start': async (options) => (await import('./cold-start.ts')).coldStartRow(options),
  fleet: async (options) => (await import('./fleet.ts')).fleetRow(options),
  footprint: async (options) => (await import('./footprint.ts')).footprintRow(options),
  frame: async (options) => (await import('./frame.ts')).frameRow(options),
  search: async (options) => (await import('./search.ts')).searchRow(options),
  service: async (options) => (await import('./service.ts')).serviceRow(options),
  slip: async (options) => (await import('./slip.ts')).slipRow(options),
  soak: async (options) => (await import('./soak.ts')).soakRow(options),
  raster: async (options) => (await import('./raster.ts')).rasterRow(options),
  report: async (options) => (await import('./report.ts')).reportRow(options),
  keyboard: async (options) => (await import('./keyboard.ts')).keyboardRow(options),
  board: async (options) => (await import('./board.ts')).boardRow(options),
  'ui-weight': async (options) => (await import('./ui-weight.ts')).uiWeightRow(options),
};

process.exitCode = await bench(process.argv.slice(2), measures, {
  result: (line) => console.log(line),
  progress: (line) => console.error(line),
});
