import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { ayse, doerte, inbound, ourNumber, text } from '../../tests/fixtures/bodies.ts'
import { clock } from '../clock.ts'
import { prepareLane } from '../log/log.ts'
import { testDatabase } from '../testing/database.ts'
import { replayCalls } from './replay.ts'

async function aLedger() {
  const { db, url } = await testDatabase()
  await prepareLane(db, () => clock.newId())
  const data = await mkdtemp(join(tmpdir(), 'kontor-replay-'))
  onTestFinished(() => rm(data, { recursive: true, force: true }))
  return {
    db,
    replay: (...args: string[]) => replayCalls(['--data', data, '--database', url, ...args], {}),
    /** A call as it was kept, and set aside by a server that could not fold it. */
    async setAside(
      body: unknown,
      receivedAt: string,
      why = 'could not be folded in 5 tries: a bug',
    ) {
      const { id } = await db
        .insertInto('webhook_call')
        .values({
          sha256: '',
          received_at: new Date(receivedAt),
          body: Buffer.from(JSON.stringify(body)),
          state: 'failed',
          error: why,
        })
        .returning('id')
        .executeTakeFirstOrThrow()
      const part = { call_id: id, index: 0, path: '', kind: 'body', message_id: null }
      await db
        .insertInto('webhook_part')
        .values({ ...part, outcome: 'failed', reason: why, conversation_id: null })
        .execute()
    },
    messages: async () =>
      (await db.selectFrom('message').select('data').orderBy('rev').execute()).map(
        ({ data: row }) => row.text,
      ),
    states: async () =>
      (await db.selectFrom('webhook_call').select('state').orderBy('id').execute()).map(
        ({ state }) => state,
      ),
  }
}

test('a dry run says what would change and changes nothing; the run does it, once', async () => {
  const ledger = await aLedger()
  await ledger.setAside(inbound(doerte, text('Montag')), '2026-11-23T09:00:00Z')
  await ledger.setAside(inbound(ayse, text('Dienstag')), '2026-11-24T09:00:00Z')
  await ledger.setAside(inbound(doerte, text('Mittwoch')), '2026-11-25T09:00:00Z')
  const range = ['--from', '2026-11-23', '--to', '2026-11-25']

  const said = await ledger.replay(...range, '--dry-run', '--diff')
  expect(said.split('\n').slice(0, 3)).toEqual([
    '2 calls would be read again.',
    'Rows: 1 number new, 2 contacts new, 2 messages new, 2 conversations new.',
    'Parts: stored 2 (was 0), duplicate 0, ignored 0, parked 0, failed 0 (was 2).',
  ])
  expect(said).toMatch(/\n\+ message [0-9a-f-]{36}/)
  expect(said).not.toContain('Montag')
  expect([await ledger.messages(), await ledger.states()]).toEqual([[], Array(3).fill('failed')])

  expect(await ledger.replay(...range)).toBe(
    '2 calls were read again.\nParts: stored 2 (was 0), duplicate 0, ignored 0, parked 0, failed 0 (was 2).',
  )
  expect(await ledger.messages()).toEqual(['Montag', 'Dienstag'])
  expect(await ledger.states()).toEqual(['done', 'done', 'failed'])

  expect(await ledger.replay(...range, '--dry-run')).toBe(
    '2 calls would be read again.\nNo row would change.\nParts: stored 2, duplicate 0, ignored 0, parked 0, failed 0.',
  )
  await ledger.replay(...range)
  expect(await ledger.messages()).toEqual(['Montag', 'Dienstag'])
})

test('only calls about the number that is named are read again', async () => {
  const ledger = await aLedger()
  await ledger.setAside(inbound(doerte, text('Montag')), '2026-11-23T09:00:00Z')
  const range = ['--from', '2026-11-23', '--to', '2026-11-24']
  await ledger.replay(...range)
  expect(await ledger.replay(...range, '--number', ourNumber.id)).toMatch(
    /^1 call was read again\./,
  )
  expect(await ledger.replay(...range, '--number', '7')).toMatch(/^0 calls were/)
})

test('calls without a body are counted and left alone', async () => {
  const ledger = await aLedger()
  await ledger.setAside(inbound(doerte, text('Montag')), '2026-11-23T09:00:00Z')
  await ledger.db.updateTable('webhook_call').set({ body: null }).execute()
  expect(await ledger.replay('--from', '2026-11-23')).toMatch(
    /^0 calls were read again; of 1 more the body is no longer kept\./,
  )
  expect(await ledger.states()).toEqual(['failed'])
})

test.each([
  [[], 'The flag --from is missing.'],
  [['--from', 'gestern'], 'The flag --from is "gestern". Allowed is a time such as 2026-11-23'],
  [['--from', '2026-02-33'], 'Allowed is a time'],
  [['--from', '2026-11-24', '--to', '2026-11-23'], 'The flag --from is not before --to.'],
  [['--from', '2026-11-23', '--diff'], 'The flag --diff belongs to --dry-run.'],
  [['--from', '--to'], 'The flag --from has no value.'],
  [['--from', '2026-11-23', '--fast'], 'There is no flag --fast.'],
])('%j is refused with a sentence', async (args, sentence) => {
  await expect(replayCalls(args, {})).rejects.toThrow(sentence)
})
