import { brokenPromises } from '../../../core/testing/disk-contract.ts'
import { openDatabase } from '../../../renderer/web/database.ts'
import { startWebHost } from '../../../renderer/web/start.ts'

/** What a test calls in the page: the wire, and the disk kept to its promises, each on a database of its own. */
const page = {
  wire: startWebHost(),
  openDatabase,
  brokenPromises: () =>
    brokenPromises(async (sentence) => {
      const name = `promise ${sentence}`
      let disk = await openDatabase(name)
      const reopen = async () => {
        disk.close()
        disk = await openDatabase(name)
        return disk
      }
      return { disk, reopen }
    }),
}

export type HostPage = typeof page

Object.assign(globalThis, { page })
