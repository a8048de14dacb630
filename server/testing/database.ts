import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { sql } from 'kysely'
import { afterAll, expect, inject, onTestFinished } from 'vitest'
import { openDatabase, type Database } from '../store/database.ts'
import type { TestServer } from './global-setup.ts'
import { withDatabase } from './url.ts'

export type TestDatabase = { db: Database; url: string; close(): Promise<void> }

/**
 * A fresh, migrated database on the run's real PostgreSQL. Call it at the top of a test file
 * (`const { db } = await testDatabase()`) or inside a test; it is dropped when the file or the test is through.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await askServer()
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `create database ${name} template ${server.template}`)
  const url = withDatabase(server.url, name)
  const db = openDatabase(url, { maxConnections: 8 })
  let closing: Promise<void> | undefined
  const close = () =>
    (closing ??= db.destroy().then(() => onServer(server, `drop database ${name} with (force)`)))
  if (expect.getState().currentTestName === undefined) afterAll(close)
  else onTestFinished(close)
  return { db, url, close }
}

async function askServer(): Promise<TestServer> {
  const said = await text(connect(inject('testDatabaseDoor'), '127.0.0.1'))
  const answer = JSON.parse(said) as TestServer | { error: string } // written by global-setup.ts
  if ('error' in answer) throw new Error(answer.error)
  return answer
}

async function onServer(server: TestServer, statement: string): Promise<void> {
  const admin = openDatabase(server.url, { maxConnections: 1 })
  await sql
    .raw(statement)
    .execute(admin)
    .finally(() => admin.destroy())
}
