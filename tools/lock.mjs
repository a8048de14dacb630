import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Refusal, say } from './say.mjs'

const patienceMs = 15 * 60_000

/**
 * Runs `body` while this process alone holds `file`; waits for another holder, and takes over from a dead one.
 *
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} body
 * @returns {Promise<T>}
 */
export async function withLock(file, body) {
  mkdirSync(dirname(file), { recursive: true })
  const deadline = Date.now() + patienceMs
  for (let isFirst = true; !take(file); isFirst = false) {
    if (isFirst) say('Waiting for another set-up of this folder to finish …')
    if (Date.now() > deadline)
      throw new Refusal(`Another set-up seems stuck. If none is running, delete ${file}.`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  try {
    return await body()
  } finally {
    rmSync(file, { force: true })
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
    const pid = holder(file)
    if (pid !== 0 && !isRunning(pid)) release(file, pid)
    return false
  }
}

/**
 * Takes a dead holder's file away, and only that one: renaming is atomic, so of two who try one finds what the other
 * has just written, and puts it back.
 *
 * @param {string} file
 * @param {number} deadPid
 */
function release(file, deadPid) {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    if (holder(aside) === deadPid) rmSync(aside)
    else renameSync(aside, file)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}

/**
 * 0 while its owner is about to write its number.
 * @param {string} file
 */
function holder(file) {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return 0
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function isCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code
}
