// `npm start`: the only command a fresh clone needs. What follows the set-up may use node_modules, and is TypeScript.
import { hasScreen } from './electron.mjs'
import { runMain } from './say.mjs'
import { setUp } from './setup.mjs'

await runMain(async () => {
  const args = process.argv.slice(2)
  const isWindowWanted = !args.includes('--no-open') && !args.includes('--web') && hasScreen()
  await setUp({ withElectron: isWindowWanted })
  const { register } = await import('tsx/esm/api')
  register()
  const { main } = await import('./desk/command.ts')
  await main(args)
})
