import { invalid } from '../errors.ts'

/** The text, if it is short enough. @throws GraphError 131009 */
export function within(name: string, text: string, limit: number): string {
  if (text.length > limit) throw invalid(name, `must be at most ${limit} characters long`)
  return text
}

/** @throws GraphError 131009 when two are the same */
export function unlike(name: string, texts: string[]): void {
  if (new Set(texts).size < texts.length) throw invalid(name, 'must not repeat')
}

/** @throws GraphError 131009 when there are fewer or more */
export function counted(name: string, count: number, least: number, most: number): void {
  if (count < least || count > most) throw invalid(name, `must be ${least} to ${most}`)
}
