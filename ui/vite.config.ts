// Builds one page, named by --mode: the kiosk's screen, headquarters' console, or the lab of the demo.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => ({
  root: here(mode === 'lab' ? '../test/simulators/lab-page' : mode),
  base: './',
  build: {
    outDir: here(`../dist/ui/${mode}`),
    emptyOutDir: true,
    target: 'chrome120',
    modulePreload: { polyfill: false },
  },
}));
