import { Compile } from 'typebox/compile'
import { Up } from '../../core/protocol/up.ts'

const up = Compile(Up)

/** What a console said; null when it is nothing a console says. */
export function parse(text: string): Up | null {
  try {
    const value: unknown = JSON.parse(text)
    return up.Check(value) ? value : null
  } catch {
    return null
  }
}
