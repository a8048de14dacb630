import { createHash } from 'node:crypto'
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What starts the console's window: arguments of the person's own come after. */
export type ElectronCommand = { executablePath: string; args: string[] }

/**
 * How to run the built console with an Electron runtime. As it comes from npm a runtime brings an app of its own that
 * takes ours as an argument. A bare one, as packaged apps stand on, runs what lies among its resources and nothing
 * else: it is given a folder where everything but that is a link to it.
 *
 * @param root the folder of package.json and `out/`
 * @param executable what `findElectron` found
 */
export function electronCommand(root: string, executable: string): ElectronCommand {
  const isWhole = existsSync(join(dirname(executable), 'resources', 'default_app.asar'))
  if (isWhole || process.platform !== 'linux') return { executablePath: executable, args: [root] }
  return { executablePath: furnish(root, executable), args: [] }
}

function furnish(root: string, executable: string): string {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8')
  const sign = `${executable} ${statSync(executable).mtimeMs} ${manifest}`
  const mark = createHash('sha256').update(sign).digest('hex').slice(0, 12)
  const home = join(root, 'node_modules', '.cache', 'kontor', `electron-${mark}`)
  const furnished = join(home, basename(executable))
  if (existsSync(furnished)) return furnished

  mkdirSync(dirname(home), { recursive: true })
  const folder = mkdtempSync(`${home}-`)
  for (const name of readdirSync(dirname(executable))) {
    const source = join(dirname(executable), name)
    // Chromium looks for its files beside the executable's real path, so that one is a copy.
    if (source === executable) copyFileSync(source, join(folder, name), constants.COPYFILE_FICLONE)
    else if (name !== 'resources') symlinkSync(source, join(folder, name))
  }
  const app = join(folder, 'resources', 'app')
  mkdirSync(app, { recursive: true })
  writeFileSync(join(app, 'package.json'), manifest)
  symlinkSync(join(root, 'out'), join(app, 'out'))
  try {
    renameSync(folder, home)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    // Another process was quicker: its copy serves.
    if (!existsSync(furnished)) throw error
  }
  return furnished
}
