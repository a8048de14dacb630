import { must } from '../../../core/lib/must.ts'
import { ConsoleCore } from '../../../core/replica/console.ts'
import { openMachine } from '../../../electron/host/machine.ts'
import { leavingPoints } from './crash-points.ts'
import { dieAt } from './die-at.ts'

/** A process of its own: somebody who is signed in signs out, and at the crash point the process kills itself. */
const [folder = '', key = '', point = ''] = process.argv.slice(2)
const setup = { folder, language: 'de', serverUrl: null, isServerManaged: false }
const machine = await openMachine(setup, () => undefined, Buffer.from(key, 'hex'))
const core = new ConsoleCore(machine)
await core.start()
await dieAt(must(leavingPoints[point], point), 1)
await core.signOut()
