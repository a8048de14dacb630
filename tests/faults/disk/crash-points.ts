import type { FileCall } from './file-calls.ts'

/** A moment in which a console may be killed: at a call like this, before it, in the middle of its bytes, or after it. */
export type CrashPoint = { isAt: (call: FileCall) => boolean; when: 'before' | 'half' | 'after' }

type Is = CrashPoint['isAt']

const adds =
  (record: string): Is =>
  (call) =>
    call.kind === 'write' && call.path.endsWith('.log') && call.bytes.includes(`["${record}"`)
const syncsJournal: Is = ({ kind, path }) => kind === 'sync' && path.endsWith('.log')
const names =
  (document: string): Is =>
  (call) =>
    call.kind === 'rename' && call.path.includes(`/${document}`)
const removes =
  (ending: string): Is =>
  (call) =>
    call.kind === 'remove' && call.path.endsWith(ending)
/** A fold begins a journal of its own. */
const beginsJournal: Is = (call) => adds('replica')(call) && !call.path.endsWith('-1.log')

export const crashPoints: Record<string, CrashPoint> = {
  'before a deed is written': { isAt: adds('deed'), when: 'before' },
  'while a deed is written': { isAt: adds('deed'), when: 'half' },
  'before a deed is synced': { isAt: syncsJournal, when: 'before' },
  'after a deed is synced': { isAt: syncsJournal, when: 'after' },
  'before a frame is written': { isAt: adds('frame'), when: 'before' },
  'while a frame is written': { isAt: adds('frame'), when: 'half' },
  'after a frame is written': { isAt: adds('frame'), when: 'after' },
  'before a row document takes its name': { isAt: names('rows-'), when: 'before' },
  'after a row document takes its name': { isAt: names('rows-'), when: 'after' },
  'while a fold begins its journal': { isAt: beginsJournal, when: 'half' },
  'after a fold began its journal': { isAt: beginsJournal, when: 'after' },
  'before the manifest takes its name': { isAt: names('manifest'), when: 'before' },
  'after the manifest takes its name': { isAt: names('manifest'), when: 'after' },
  'before the old journal is removed': { isAt: removes('.log'), when: 'before' },
  'while old row documents are removed': { isAt: removes('.doc'), when: 'after' },
}

/** From the moment on that the first page of a copy has come. */
function onceACopyComes(isAt: Is): Is {
  let hasCome = false
  return (call) => {
    hasCome ||= adds('page')(call)
    return hasCome && isAt(call)
  }
}

/** While a whole copy is fetched: `most` times a process comes to it. */
export const copyCrashPoints: Record<string, CrashPoint & { most: number }> = {
  'before a page of a copy is written': { isAt: adds('page'), when: 'before', most: 3 },
  'while a page of a copy is written': { isAt: adds('page'), when: 'half', most: 3 },
  'after a page of a copy is written': { isAt: adds('page'), when: 'after', most: 3 },
  'before a row document of a copy takes its name': {
    ...{ isAt: onceACopyComes(names('rows-')), when: 'before', most: 3 },
  },
  'before the manifest of a copy takes its name': {
    ...{ isAt: onceACopyComes(names('manifest')), when: 'before', most: 2 },
  },
  'after the manifest of a copy takes its name': {
    ...{ isAt: onceACopyComes(names('manifest')), when: 'after', most: 2 },
  },
  'before the pages of a copy are removed': {
    isAt: removes('staging.log'),
    when: 'before',
    most: 1,
  },
  'after the pages of a copy are removed': { isAt: removes('staging.log'), when: 'after', most: 1 },
}

const isReplica = ({ path }: FileCall) => path.includes('/replicas/')
const namesSession = (call: FileCall) => names('session.doc')(call) && !isReplica(call)
const forgetsSession = (call: FileCall) => removes('/session.doc')(call) && !isReplica(call)
const removesKey = (call: FileCall) => removes('/key')(call) && isReplica(call)
const removesRows = (call: FileCall) => removes('.doc')(call) && isReplica(call)
const takesNewKey = (call: FileCall) => call.kind === 'rename' && call.path.endsWith('/key')

/** Of a sign-out, in its order. */
export const leavingPoints: Record<string, CrashPoint> = {
  'before it is written down': { isAt: namesSession, when: 'before' },
  'after it is written down': { isAt: namesSession, when: 'after' },
  'before the key is removed': { isAt: removesKey, when: 'before' },
  'after the key is removed': { isAt: removesKey, when: 'after' },
  'while rows are removed': { isAt: removesRows, when: 'after' },
  'before the folder has a new key': { isAt: takesNewKey, when: 'before' },
  'before the session is forgotten': { isAt: forgetsSession, when: 'before' },
  'after the session is forgotten': { isAt: forgetsSession, when: 'after' },
}
