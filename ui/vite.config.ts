// Builds one page, named by --mode: the kiosk's screen, headquarters' console, or the lab of the demo.
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** the devices' front panel, and every screen without a device */
const labPages = ['index', 'gallery', 'gallery-screen'].map((name) =>
  here(`../test/simulators/lab-page/${name}.html`),
);

/** What is minified has line ends in its templates alone; how those were indented is of no use to the page. */
const squeezedTemplates: Plugin = {
  name: 'squeezed-templates',
  enforce: 'post',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type === 'chunk') chunk.code = chunk.code.replaceAll(/\n\s+/g, '\n');
    }
  },
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
  },
}));
