// `npm test`: everything that proves Kontor, from a fresh clone. `npm test -- unit web` runs parts of it.
import { findDisplay, findElectron } from './electron.mjs'
import { bin, run } from './run.mjs'
import { Refusal, runMain, say } from './say.mjs'
import { root, setUp } from './setup.mjs'

const parts = ['check', 'unit', 'web', 'desktop']

await runMain(async () => {
  const asked = process.argv.slice(2)
  const unknown = asked.find((part) => !parts.includes(part))
  if (unknown !== undefined)
    throw new Refusal(`npm test knows the parts ${parts.join(', ')}, not ${unknown}.`, 2)
  const isWanted = (/** @type {string} */ part) => asked.length === 0 || asked.includes(part)

  await setUp({ withElectron: isWanted('desktop') })
  /** @type {string[]} */
  const failed = []

  if (isWanted('check')) {
    const { check } = await import('./check.mjs')
    failed.push(...(await check()))
  }
  if (isWanted('unit')) {
    const code = await run([...bin('vitest'), 'run'])
    if (code !== 0) failed.push('unit and integration tests')
  }
  const missing = isWanted('desktop') ? whyNoDesktop() : null
  const projects = ['web', 'desktop'].filter((name) => isWanted(name))
  if (missing !== null) projects.splice(projects.indexOf('desktop'), 1)
  if (projects.length > 0) {
    const prefix = projects.includes('desktop') ? (findDisplay()?.prefix ?? []) : []
    const flags = projects.map((project) => `--project=${project}`)
    const code = await run([...prefix, ...bin('@playwright/test', 'playwright'), 'test', ...flags])
    if (code !== 0) failed.push(`${projects.join(' and ')} tests`)
  }
  if (missing !== null) say(`Desktop tests did not run: ${missing}.`)
  if (failed.length > 0) throw new Refusal(`Failed: ${failed.join(', ')}.`)
})

function whyNoDesktop() {
  if (!findElectron(root)) return 'there is no Electron runtime here'
  return findDisplay() ? null : 'there is no display here, and no xvfb-run'
}
