import type { ConversationId, UserId } from '../../../core/domain/ids.ts'
import { Desk } from '../../../core/replica/desk.ts'
import { Replica } from '../../../core/replica/replica.ts'
import { aUser } from '../../../core/testing/examples.ts'
import { openFolder } from '../../../electron/host/files.ts'
import { aMachine, serverAt, silentAnnounce } from '../../support/desks.ts'

/** A process of its own: somebody begins to write, and the moment that is kept the process kills itself. */
const [folder = '', port, userId = '', id = ''] = process.argv.slice(2)
const conversationId = id as ConversationId // the test made it, as the person
const machine = aMachine(await openFolder(folder), [])
const replica = await Replica.open(await machine.replicaDisk(''), machine.platform)
const user = aUser({ id: userId as UserId })
const desk = new Desk(machine, replica, user, silentAnnounce, serverAt(Number(port), userId))
desk.link.start()
while (!desk.link.isSynced) await new Promise((resolve) => setTimeout(resolve, 5))
await desk.drafts.put({ conversationId, text: 'Vor dem Ende', mode: 'reply', updatedAtMs: 1 })
process.kill(process.pid, 'SIGKILL')
