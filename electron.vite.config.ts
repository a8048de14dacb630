import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import { rendererBuild, rendererConfig } from './renderer/vite.config.ts'

/**
 * The desktop: `out/main/index.js` and `out/main/host.js` as ES modules, the preload as one CommonJS file, which a
 * sandboxed window needs, and the same renderer the server hands to browsers. Targets are the oldest Electron that
 * may run it, not the newest there is.
 */
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node20',
      minify: true,
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'electron/main/index.ts', host: 'electron/host/index.ts' },
        external: ['bufferutil', 'utf-8-validate'],
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      target: 'node20',
      minify: true,
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'electron/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    ...rendererConfig,
    // electron-vite bundles its configuration, and with it the renderer's, whose own paths then point elsewhere.
    root: 'renderer',
    build: {
      ...rendererConfig.build,
      outDir: resolve('out/renderer'),
      rollupOptions: rendererBuild(resolve('renderer')),
    },
  },
})
