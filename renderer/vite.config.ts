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

/**
 * The console as the desktop and the server serve it: no inline script and no inline style, so that a policy of
 * `script-src 'self'; style-src 'self'` holds. Chromium 130 is the oldest that may show it.
 */
export const rendererConfig: UserConfig = {
  root: here,
  base: './',
  plugins: rendererPlugins(),
  build: {
    outDir: '../out/renderer',
    emptyOutDir: true,
    target: 'chrome130',
    minify: true,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: { input: `${here}/index.html` },
  },
  worker: { format: 'es', plugins: () => [] },
}

export default defineConfig(rendererConfig)
