import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { entities, entityNames } from '../domain/entities.ts'
import { mutators } from '../mutators/all.ts'
import { Down } from './down.ts'
import { SnapshotEnd, SnapshotHead, SnapshotWindow } from './snapshot.ts'
import { Up } from './up.ts'
import { knownSince, protocolVersion } from './version.ts'

test('the wire format and its version move together', () => {
  const args = Object.entries(mutators).map(([name, mutator]) => [name, mutator.args])
  const snapshot = [SnapshotHead, SnapshotWindow, SnapshotEnd]
  const shape = JSON.stringify([Up, Down, snapshot, entities, args])
  const fingerprint = createHash('sha256').update(shape).digest('hex').slice(0, 12)

  // Failing here means consoles in the field can no longer read the server (or the reverse): raise protocolVersion,
  // add a line to its history, then write the new fingerprint.
  expect({ protocolVersion, fingerprint }).toEqual({
    protocolVersion: 4,
    fingerprint: 'e6ceeefdf371',
  })
})

test('every noun says since which version consoles know it', () => {
  const first = ['user', 'team', 'number', 'contact', 'conversation', 'message', 'read']
  expect(entityNames.filter((name) => !first.includes(name))).toEqual(Object.keys(knownSince))
})
