import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { windowMs } from '../../core/domain/conversation.ts'
import {
  baseSeconds,
  body,
  change,
  doerte,
  inbound,
  ourNumber,
  text,
} from '../../tests/fixtures/bodies.ts'
import { intakeDesk, only } from '../../tests/fixtures/intake.ts'
import { further } from './call.ts'
import type { Call } from './happening.ts'

const desk = await intakeDesk()
beforeEach(() => desk.reset())

const base = { id: 'wacid.1', timestamp: String(baseSeconds) }
const fromThem = { from: doerte.phone, to: ourNumber.phone, direction: 'USER_INITIATED' }
const fromUs = { from: ourNumber.phone, to: doerte.phone, direction: 'BUSINESS_INITIATED' }
const call = (members: object) => body(change('calls', { calls: [{ ...base, ...members }] }))
const callStatus = (status: string) =>
  body(
    change('calls', {
      statuses: [{ ...base, type: 'call', status, recipient_id: doerte.phone }],
    }),
  )
const line = async () => only(await desk.messages())

test('a call that was answered is one line, with how long it was', async () => {
  await desk.take(call({ ...fromThem, event: 'connect' }))
  expect(await line()).toMatchObject({
    direction: 'system',
    activity: { kind: 'call', from: '+494012340101', call: { state: 'ringing' } },
  })
  const end = call({ ...fromThem, event: 'terminate', status: 'COMPLETED', duration: 125 })
  await desk.take(end, end)
  expect((await line()).activity?.call).toEqual({ state: 'ended', durationMs: 125_000 })
  expect(await desk.outcomes()).toEqual(['stored', 'stored', 'duplicate'])
  expect(only(await desk.conversations()).windowExpiresAtMs).toBe(baseSeconds * 1000 + windowMs)
})

test('a call of theirs that nobody took is missed; one of ours failed, or was rejected', async () => {
  await desk.take(call({ ...fromThem, event: 'terminate', status: 'FAILED' }))
  expect((await line()).activity?.call).toEqual({ state: 'missed' })
  await desk.reset()
  await desk.take(callStatus('RINGING'), call({ ...fromUs, event: 'terminate', status: 'FAILED' }))
  expect(await line()).toMatchObject({
    activity: { to: '+494012340101', call: { state: 'failed' } },
  })
  await desk.take(callStatus('REJECTED'), callStatus('RINGING'))
  expect((await line()).activity?.call).toEqual({ state: 'rejected' })
  expect(only(await desk.conversations()).windowExpiresAtMs).toBeNull()
})

test('a call under the id of a message leaves the message as it is', async () => {
  await desk.take(inbound(doerte, text('Hallo'), { id: base.id }))
  await desk.take(call({ ...fromThem, event: 'connect' }), callStatus('RINGING'))
  expect(await line()).toMatchObject({ type: 'text', text: 'Hallo' })
  expect(await desk.outcomes()).toEqual(['stored', 'duplicate', 'duplicate'])
})

test('what is told of a call ends the same, in any order and any number of times', () => {
  const stories: Call[][] = [
    [{ state: 'ringing' }, { state: 'answered' }, { state: 'ended', durationMs: 5000 }],
    [{ state: 'ringing' }, { state: 'rejected' }, { state: 'failed' }],
    [{ state: 'ringing' }, { state: 'answered' }, { state: 'failed' }],
    [{ state: 'ringing' }, { state: 'missed' }],
  ]
  const told = fc
    .constantFrom(...stories)
    .chain((story) =>
      fc.tuple(
        fc.constant(story),
        fc.shuffledSubarray([...story, ...story], { minLength: story.length * 2 }),
      ),
    )
  fc.assert(
    fc.property(told, ([story, shuffled]) => {
      const end = (parts: Call[]) => parts.reduce<Call | undefined>(further, undefined)
      expect(end(shuffled)).toEqual(end(story))
    }),
  )
})
