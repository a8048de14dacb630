import { writeSync } from 'node:fs'
import type { ConversationId, MessageId, UserId } from '../../../core/domain/ids.ts'
import { Desk } from '../../../core/replica/desk.ts'
import { Replica } from '../../../core/replica/replica.ts'
import { aUser } from '../../../core/testing/examples.ts'
import { must } from '../../../core/lib/must.ts'
import { openFolder } from '../../../electron/host/files.ts'
import { aMachine, newId, serverAt, silentAnnounce } from '../../support/desks.ts'
import { copyCrashPoints, crashPoints } from './crash-points.ts'
import { dieAt } from './die-at.ts'

/**
 * A process of its own: somebody at a console writes note after note, the replica is folded again and again, and at the
 * given time that a crash point is come to, the process kills itself. What was said to be saved stands on its output,
 * one text a line.
 */
const [folder = '', port, userId = '', point = '', times] = process.argv.slice(2)
await dieAt(must({ ...crashPoints, ...copyCrashPoints }[point], point), Number(times))

const machine = aMachine(await openFolder(folder), [])
const replica = await Replica.open(await machine.replicaDisk(''), machine.platform)
const user = aUser({ id: userId as UserId }) // the test made it
const desk = new Desk(machine, replica, user, silentAnnounce, serverAt(Number(port), userId))
desk.link.start()
for (let count = 1; ; count += 1) {
  const all = [...replica.base.all('conversation')]
  const conversationId = all[count % Math.max(1, all.length)]?.id
  if (conversationId !== undefined) await write(conversationId, `${process.pid}-${count}`)
  if (count % 3 === 0) await replica.fold()
  await new Promise((resolve) => setTimeout(resolve, 5))
}

async function write(conversationId: ConversationId, text: string): Promise<void> {
  await desk.perform('note.add', { id: newId() as MessageId, conversationId, text })
  writeSync(1, `${text}\n`)
}
