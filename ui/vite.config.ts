// Builds one page, named by --mode: the kiosk's screen, headquarters' console, or the lab of the demo.
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** the devices' front panel, and every screen without a device */
const labPages = ['index', 'gallery', 'gallery-screen'].map((name) =>
  here(`../test/simulators/lab-page/${name}.html`),
);

/** What is minified has line ends in its templates alone; how those were indented and explained is of no use to the page. */
const squeezedTemplates: Plugin = {
  name: 'squeezed-templates',
  enforce: 'post',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') chunk.code = squeezed(chunk.code);
  },
};

function squeezed(code: string): string {
  return (
    code
      .replaceAll(/\n\s*\/\*[\s\S]*?\*\//g, '')
      .replaceAll(/\n\s+/g, '\n')
      // rules of a sheet
      .replaceAll(/\n([a-z-]+): /g, '\n$1:')
      .replaceAll(/ \{\n/g, '{')
      .replaceAll(/;?\n\}/g, '}')
      .replaceAll(/;\n(?=[a-z-]+:)/g, ';')
  );
}

/** Words that several journeys share, and small elements: one file each, for many small ones weigh more. */
const sharedParts = {
  includeDependenciesRecursively: false,
  groups: [
    {
      name: 'parts',
      test: /ui\/(elements|keyboard|screens)\/(k-(slip|faces|keypad|pin-entry|mine|scroller)|typed-digits|told-list|entry-tile|notice-sign|what-next|rating-parts|pin-page)\.ts$/,
    },
    { name: 'words', test: /ui\/text\/(join|owner|filing|activity|forms|next|points)-words\.ts$/ },
  ],
};

export default defineConfig(({ mode }) => ({
  root: here(mode === 'lab' ? '../test/simulators/lab-page' : mode),
  base: './',
  plugins: [squeezedTemplates],
  build: {
    outDir: here(`../dist/ui/${mode}`),
    emptyOutDir: true,
    target: 'chrome120',
    // colours with a day and a night value, as written: rewritten they weigh twice as much
    cssTarget: 'chrome123',
    modulePreload: { polyfill: false },
    ...(mode === 'lab' ? { rolldownOptions: { input: labPages } } : {}),
    ...(mode === 'kiosk' ? { rolldownOptions: { output: { codeSplitting: sharedParts } } } : {}),
  },
}));
