// Builds one of the two pages, named by --mode: the kiosk's screen or headquarters' console.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig(({ mode }) => ({
  root: here(mode),
  base: './',
  build: {
    outDir: here(`../dist/ui/${mode}`),
    emptyOutDir: true,
    target: 'chrome120',
    modulePreload: { polyfill: false },
  },
}));
