import type { Cursor, MutationResult } from '../../core/protocol/shared.ts'
import type { MutationId } from '../../core/domain/ids.ts'
import type { Share } from './sight.ts'

/** Rows in one message of a large frame. */
const partRows = 500
const closing = Buffer.from(']}]')

/** What a frame says of itself. */
type Begin = {
  f: number
  from: Cursor | null
  lmid: number
  lmuid: MutationId | null
  scopes: readonly string[]
}
type End = { cursor: Cursor; results: readonly (readonly [MutationId, MutationResult])[] }
/** `rows` are the puts as bytes, where others get the same. */
type Content = Pick<Share, 'puts' | 'del'> & { rows?: Buffer | undefined }

/** The messages one frame goes out in (core/protocol/down.ts). Rows are on them as the database wrote them. */
export function* messagesOf(begin: Begin, content: Content, end: End): Generator<Buffer | string> {
  const { puts, del } = content
  if (puts.length <= partRows) {
    const rows = content.rows ?? Buffer.from(puts.join(','))
    const open = JSON.stringify({ ...begin, del, ...end }).slice(0, -1)
    yield Buffer.concat([Buffer.from(`["frame",${open},"put":[`), rows, closing])
    return
  }
  yield JSON.stringify(['frame+', begin])
  for (let index = 0; index < puts.length; index += partRows) {
    const gone = index === 0 ? JSON.stringify(del) : '[]'
    const rows = puts.slice(index, index + partRows)
    yield `["part",{"f":${begin.f},"del":${gone},"put":[${rows.join(',')}]}]`
  }
  yield JSON.stringify(['frame-', { f: begin.f, ...end }])
}
