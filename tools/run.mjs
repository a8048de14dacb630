// Runs the tools that come with node_modules, without npx and without a shell.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './setup.mjs'

/**
 * The command that runs a package's executable.
 *
 * @param {string} packageName
 * @param {string} [name] which executable; the package's own name unless given
 * @returns {string[]}
 */
export function bin(packageName, name = packageName) {
  const home = join(root, 'node_modules', packageName)
  const { bin: bins } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  return [process.execPath, join(home, typeof bins === 'string' ? bins : bins[name])]
}

/**
 * Runs a command in the project's folder with this terminal's input and output.
 *
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} [env] on top of this process's own
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 */
export async function run(command, env = {}) {
  return (await start(command, env, 'inherit')).code
}

/**
 * Runs a command and keeps what it says, both streams as one.
 *
 * @param {readonly string[]} command
 * @returns {Promise<{ code: number, output: string }>}
 */
export function capture(command) {
  return start(command, {}, 'pipe')
}

/**
 * @param {readonly string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @param {'inherit' | 'pipe'} output
 * @returns {Promise<{ code: number, output: string }>}
 */
function start([file = '', ...args], env, output) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (chunk) => (said += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output: said }))
    // Ctrl-C reaches the child by itself, as one of the terminal's group; this process waits for it to finish.
    const passOn = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal)
    const hold = () => undefined
    process.on('SIGTERM', passOn).on('SIGINT', hold)
    child.on('close', () => process.off('SIGTERM', passOn).off('SIGINT', hold))
  })
}
