// `npm run build`: everything that runs, into out/. Our own code is bundled; what npm installs stays outside.
import { join } from 'node:path'
import { build } from 'vite'
import { buildConsole } from './desk/build.ts'
import { runMain, say } from './say.mjs'
import { root, setUp } from './setup.mjs'

/** Each becomes `out/<name>/index.js`. */
const programs = { server: 'server/cli.ts', simulator: 'simulator/index.ts' }

await runMain(async () => {
  await setUp()
  await buildConsole({ withWindow: true })
  for (const [name, entry] of Object.entries(programs)) {
    say(`Building the ${name} …`)
    await build({
      configFile: false,
      root,
      logLevel: 'warn',
      build: {
        ssr: join(root, entry),
        outDir: `out/${name}`,
        emptyOutDir: true,
        target: 'node20',
        sourcemap: true,
        rollupOptions: {
          output: { entryFileNames: 'index.js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    })
  }
})
