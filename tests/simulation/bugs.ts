/**
 * Ways to get it wrong, each of which was once somebody's design. Switched on one at a time, they show that the
 * simulation would notice: a test fails when one of them is not found.
 */
export const bugs = {
  'gap in the order': 'a reader passes by what commits after what it has seen',
  'no dedupe of deeds': 'a deed that arrives twice is done twice',
  'place before rows': 'the console writes down how far it is before it has the rows',
  'deed dropped on push': 'the console forgets a deed once it has handed it to the socket',
  'nothing purged': 'the console keeps what it may no longer see',
  'unknown sent again': 'the sender repeats what may have left',
  'move without delete': 'who loses sight of a conversation is not told',
  'no retention': 'the console forgets deeds as soon as they are acknowledged',
  'sent again after restore':
    'what a backup holds as queued is sent although it may have left since',
  'look, then insert': 'two workers both find that a message is new',
  'status goes back': 'the last report wins',
  'floor ignored': 'a console from before the compaction gets a delta',
  'epoch ignored': 'a console goes on in another history',
  'last assignment wins': 'the version an assignment was based on is not compared',
  'deed not synced': 'a deed counts as saved before it is on the disk',
  'answered before kept': 'WhatsApp is told 200 before the call is on the disk',
  'half a copy': 'a copy takes the place of what is held before all of its pages are there',
  'end not asked for': 'the console does not say which of its deeds it never heard the end of',
  'digest ignores deletes': 'the console does not take a row that goes out of what it counted',
  'digests not compared': 'the console does not look at what the server has counted',
  'blind to forks': 'neither side compares what the other did last',
  'only the last deed compared':
    'the server takes deeds of any socket of a replica, and compares none with those before it',
  'only what waits goes along':
    'a console that goes on as another replica leaves behind what was acknowledged',
} as const
export type Bug = keyof typeof bugs
export const bugNames = Object.keys(bugs) as Bug[] // keys of a literal
/** Too seldom for chance: each is held by a saved schedule. */
export const rareBugs: readonly Bug[] = [
  'only the last deed compared',
  'only what waits goes along',
]
