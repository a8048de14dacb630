// `npm run desktop [-- --server URL]`: the desktop console alone, built if stale, on folders of its own.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildConsole } from './desk/build.ts'
import { openWindow } from './desk/opening.ts'
import { findElectron } from './electron.mjs'
import { Refusal, runMain } from './say.mjs'
import { root, setUp } from './setup.mjs'

await runMain(async () => {
  const { values } = parseArgs({ options: { server: { type: 'string' } } })
  await setUp({ withElectron: true })
  const electron = findElectron(root)
  if (electron === null)
    throw new Refusal('There is no Electron runtime here. `npm run web` shows the console too.')
  await buildConsole({ withWindow: true })
  const url = values.server ?? 'http://127.0.0.1:4380'
  await openWindow({ electron, root, folder: join(root, '.desk'), url }).closed
})
