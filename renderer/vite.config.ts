import { svelte } from '@sveltejs/vite-plugin-svelte'
import icons from 'unplugin-icons/vite'
import { defineConfig, type PluginOption, type UserConfig } from 'vite'

const here = import.meta.dirname

/** What turns the console's sources into what a browser runs; the tests use the same. */
export function rendererPlugins(): PluginOption[] {
  return [
    svelte({ configFile: false }),
    icons({ compiler: 'svelte', scale: 0, defaultClass: 'icon' }),
  ]
}

/** Names every file of a build, for the service worker that keeps them (web/shell.ts). */
function listFiles(): PluginOption {
  return {
    name: 'kontor-list-files',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files = Object.keys(bundle).filter((name) => name.startsWith('assets/'))
        this.emitFile({ type: 'asset', fileName: 'files.json', source: JSON.stringify(files) })
      },
    },
  }
}

/** The service worker stands alone. */
function isOfThePage(id: string): boolean {
  return !id.endsWith('/web/shell.ts')
}

/** What is built: the page, and beside it the service worker, whose address never changes. */
export function rendererBuild(folder: string) {
  return {
    input: { index: `${folder}/index.html`, shell: `${folder}/web/shell.ts` },
    output: {
      entryFileNames: ({ name }: { name: string }) =>
        name === 'shell' ? 'shell.js' : 'assets/[name]-[hash].js',
      // What the page begins with is one file: in many small ones it is a twentieth larger on the way.
      codeSplitting: {
        groups: [{ name: 'first', tags: ['$initial' as const], test: isOfThePage }],
      },
    },
    // Building a schema has no effect but the schema: the page, which checks none, carries none (a third of its size).
    treeshake: { manualPureFunctions: ['Type'], propertyReadSideEffects: false as const },
  }
}

/**
 * The console as the desktop and the server serve it: no inline script and no inline style, so that a policy of
 * `script-src 'self'; style-src 'self'` holds. Chromium 130 is the oldest that may show it.
 */
export const rendererConfig: UserConfig = {
  root: here,
  base: './',
  plugins: [...rendererPlugins(), listFiles()],
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    minify: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: rendererBuild(here),
  },
  worker: { format: 'es', plugins: () => [] },
}

export default defineConfig(rendererConfig)
