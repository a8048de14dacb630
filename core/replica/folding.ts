import { entityNames, type Change, type Entity } from '../domain/entities.ts'
import type { ConversationId } from '../domain/ids.ts'
import type { Put } from '../protocol/down.ts'
import { Low } from 'lowdb'
import type { Base } from './base.ts'
import type { Disk } from './ports.ts'
import type { Manifest, Shard, Windows } from './records.ts'

/** Messages lie in this many documents by conversation, so that one new message rewrites little. */
const messageShards = 64
/** The document of all that is no message. */
const deskShard = 'desk'

/** The document a row belongs to. */
export function shardOf({ entity, row }: Change): string {
  return entity === 'message' ? shardOfMessages(row.conversationId) : deskShard
}

/** The document the messages of a conversation lie in. */
export function shardOfMessages(id: ConversationId): string {
  return `messages-${fnv1a(id) % messageShards}`
}

/** FNV-1a, 32 bits: spreads ids evenly, nothing more is asked of it. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  }
  return hash
}

export async function readManifest(disk: Disk): Promise<Manifest | null> {
  const low = new Low<Manifest | null>(disk.document('manifest'), null)
  await low.read()
  return low.data?.format === 1 ? low.data : null
}

export async function writeManifest(disk: Disk, manifest: Manifest): Promise<void> {
  await new Low<Manifest>(disk.document('manifest'), manifest).write()
}

/**
 * Fills the base with all that is no message.
 * @returns the shards that are not read yet; null when something is missing: then nothing of it counts
 */
export async function readDesk(
  disk: Disk,
  { shards, windows }: Manifest,
  base: Base,
): Promise<Manifest['shards'] | null> {
  const { [deskShard]: desk, ...rest } = shards
  if (!(await readWindows(disk, windows, base))) return null
  if (desk === undefined) return rest
  const low = new Low<Shard | null>(disk.document(desk), null)
  await low.read()
  for (const [entity, rev, row] of low.data ?? []) base.put({ entity, row } as Change, rev) // written by writeShards from a base
  return low.data === null ? null : rest
}

async function readWindows(disk: Disk, windows: Manifest['windows'], base: Base): Promise<boolean> {
  if (windows === undefined) return true
  const low = new Low<Windows | null>(disk.document(windows), null)
  await low.read()
  for (const [id, fromMs] of low.data ?? []) base.setHeldFrom(id, fromMs)
  return low.data !== null
}

/** @returns the name of the document, undefined when everything there is is held */
export async function writeWindows(
  disk: Disk,
  base: Base,
  generation: number,
): Promise<string | undefined> {
  const windows = base.windows()
  if (windows.length === 0) return undefined
  const name = `windows-${generation}`
  await new Low<Windows>(disk.document(name), windows).write()
  return name
}

/** Every document that holds something of this base. */
export function allShards(base: Base): Set<string> {
  const shards = new Set([deskShard])
  for (const row of base.all('message')) shards.add(shardOf({ entity: 'message', row }))
  return shards
}

/**
 * Writes the documents of `dirty` shards anew under names of `generation`.
 * @returns the names of all shards as the next manifest has them
 */
export async function writeShards(
  disk: Disk,
  base: Base,
  dirty: ReadonlySet<string>,
  before: Manifest['shards'],
  generation: number,
): Promise<Manifest['shards']> {
  const contents = new Map<string, Shard>([...dirty].map((shard) => [shard, []]))
  for (const entity of entityNames) collect(base, entity, contents)
  const shards = { ...before }
  for (const [shard, rows] of contents) {
    const name = `rows-${generation}-${shard}`
    await new Low<Shard>(disk.document(name), rows).write()
    shards[shard] = name
  }
  return shards
}

function collect(base: Base, entity: Entity, contents: Map<string, Shard>): void {
  for (const [rev, row] of base.held(entity)) {
    const shard = contents.get(shardOf({ entity, row } as Change)) // entity and row come from the same map
    shard?.push([entity, rev, row] satisfies Put)
  }
}
