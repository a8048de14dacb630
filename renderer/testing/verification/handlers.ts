import type { Handlers } from '../../../core/contract/contract.ts'
import { can } from '../../../core/domain/can.ts'
import type { OwnNumber, Role } from '../../../core/domain/people.ts'
import { AppError } from '../../../core/lib/errors.ts'
import { numberViews } from '../../../core/verification/overview.ts'
import { deedWarnings } from '../../../core/verification/warnings.ts'
import { aHistory } from './history.ts'
import { sceneOf, type Scene } from './scenes.ts'

type Wished = {
  scene: Scene
  role: Role
  isOnline: boolean
  nowMs: number
  /** Numbers known elsewhere: the scene's with the same phone number are these. */
  ours: readonly OwnNumber[]
}
type Asked = Extract<keyof Handlers, `verification.${string}`>

/** Answers the verification centre from a scene, with the rules the real host has. */
export function verificationHandlers(wished: Wished): Pick<Handlers, Asked> {
  const { scene, role, isOnline, nowMs, ours } = wished
  const { numbers: shown, accounts } = sceneOf(scene, nowMs)
  const numbers = shown.map((number) => {
    const same = ours.find(({ displayPhone }) => displayPhone === number.displayPhone)
    return same === undefined ? number : { ...number, id: same.id }
  })
  const online = <T>(answer: T): T => {
    if (!isOnline) throw new AppError('offline', 'as wished')
    return answer
  }
  const history = scene === 'never' ? [] : aHistory(nowMs)
  return {
    'verification.overview': () => ({
      numbers: numberViews(numbers, accounts, nowMs),
      accounts,
      canAct: can(role, 'manage-numbers'),
      warnings: deedWarnings,
      nowMs,
    }),
    'verification.history': ({ kinds }) =>
      online({
        entries: history.filter(({ kind }) => kinds === undefined || kinds.includes(kind)),
        next: null,
      }),
    'verification.csv': () =>
      online({
        mime: 'text/csv',
        bytes: new TextEncoder().encode('Zeit;Was\r\n'),
        fileName: 'kontor-history.csv',
      }),
    'verification.refresh': () => online(null),
    'verification.act': ({ deed }) => {
      // The one thing WhatsApp is most likely to say no to.
      if (deed.kind === 'register' && deed.pin !== '000000')
        throw new AppError('whatsapp', 'as wished', {
          details: { code: 133005, title: 'Two-step verification PIN mismatch' },
        })
      return online(null)
    },
    'verification.subscribe': () => online(null),
  }
}
