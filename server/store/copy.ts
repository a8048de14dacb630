import { once } from 'node:events'
import { Readable } from 'node:stream'
import type { Client, Connection, Submittable } from 'pg'

/** What pg's connection can do beyond its types. */
type Wire = Connection & {
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(reason: string): void
}

const bufferBytes = 1024 * 1024

/**
 * The bytes of a `copy … to stdout`, no faster than they are read. Left before its end, it takes the connection with it:
 * PostgreSQL would go on sending.
 */
export function copyOut(client: Client, text: string): Readable {
  return client.query(new CopyOut(text))
}

/**
 * Feeds a `copy … from stdin`. When the bytes fail, so does the statement.
 *
 * @returns how many rows came in
 */
export async function copyIn(
  client: Client,
  text: string,
  bytes: AsyncIterable<Buffer>,
): Promise<number> {
  const copy = client.query(new CopyIn(text))
  const wire = await Promise.race([copy.begun, copy.ended.then(() => undefined)])
  if (wire === undefined) throw new Error(`bug: not a copy from stdin: ${text}`)
  const hasEnded = copy.ended.then(
    () => true,
    () => true, // the last line throws it
  )
  try {
    for await (const chunk of bytes) {
      wire.sendCopyFromChunk(chunk)
      if (!wire.stream.writableNeedDrain) continue
      if ((await Promise.race([hasEnded, once(wire.stream, 'drain')])) === true) break
    }
  } catch (error) {
    wire.sendCopyFail('the rows could not be read')
    await hasEnded
    throw error
  }
  wire.endCopyFrom()
  return copy.ended
}

/** pg hands the messages of a statement to whatever object was submitted for it, by these method names. */
class CopyOut extends Readable implements Submittable {
  readonly #text: string
  #connection: Connection | null = null
  #isOver = false

  constructor(text: string) {
    super({ highWaterMark: bufferBytes })
    this.#text = text
  }

  submit(connection: Connection): void {
    this.#connection = connection
    connection.query(this.#text)
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // A copy, because pg's parser uses its buffer again.
    if (!this.push(Buffer.from(chunk))) this.#connection?.stream.pause()
  }

  handleCommandComplete(): void {
    this.#isOver = true
  }

  handleReadyForQuery(): void {
    this.push(null)
  }

  handleError(error: Error): void {
    this.#isOver = true
    this.destroy(error)
  }

  override _read(): void {
    this.#connection?.stream.resume()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.#isOver) this.#connection?.stream.destroy()
    done(error)
  }
}

class CopyIn implements Submittable {
  readonly #text: string
  /** PostgreSQL takes rows from now on. */
  readonly begun: Promise<Wire>
  /** With the number of rows. */
  readonly ended: Promise<number>
  #begin: (wire: Wire) => void = () => undefined
  #end: (rows: number) => void = () => undefined
  #fail: (error: Error) => void = () => undefined
  #rows = 0

  constructor(text: string) {
    this.#text = text
    this.begun = new Promise((resolve) => (this.#begin = resolve))
    this.ended = new Promise((resolve, reject) => {
      this.#end = resolve
      this.#fail = reject
    })
  }

  submit(connection: Connection): void {
    connection.query(this.#text)
  }

  handleCopyInResponse(connection: Wire): void {
    this.#begin(connection)
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = Number(text.split(' ').at(-1))
  }

  handleReadyForQuery(): void {
    this.#end(this.#rows)
  }

  handleError(error: Error): void {
    this.#fail(error)
  }
}
