import type { Check } from '../../core/domain/verification.ts'
import { AppError } from '../../core/lib/errors.ts'

type Checks = Record<string, Check>

/** Errors about one question alone: an unknown thing, field or permission. After others the next would fail as well. */
const single = new Set(['3', '10', '33', '100', '803', 'not-found'])

function isSingle(code: string): boolean {
  return single.has(code) || (Number(code) >= 200 && Number(code) <= 299)
}

/** The questions of one round. Once WhatsApp cannot answer, the rest is not asked, and counts as not answered. */
export class Questions {
  readonly #nowMs: () => number
  /** Why the round ended early; undefined while it goes on. */
  ended: AppError | undefined

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /**
   * @param checks where the outcome is noted, under `name`: that it was answered, or why not
   * @returns undefined when there was no answer
   */
  async ask<T>(checks: Checks, name: string, question: () => Promise<T>): Promise<T | undefined> {
    if (this.ended !== undefined) {
      checks[name] = this.#failing(this.ended)
      return undefined
    }
    try {
      const answer = await question()
      checks[name] = { answeredAtMs: this.#nowMs() }
      return answer
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      checks[name] = this.#failing(error)
      if (!isSingle(codeOf(error))) this.ended = error
      return undefined
    }
  }

  #failing(error: AppError): Check {
    return { failing: { code: codeOf(error), sinceMs: this.#nowMs() } }
  }
}

/** What was found out before stays known, and a failure began when it began. */
export function withChecks(before: Checks | undefined, now: Checks): Checks {
  const merged = Object.entries(now).map(([name, check]): [string, Check] => {
    const known = before?.[name]
    if (check.failing === undefined) return [name, check]
    const sinceMs = known?.failing?.sinceMs ?? check.failing.sinceMs
    const answered = known?.answeredAtMs === undefined ? {} : { answeredAtMs: known.answeredAtMs }
    return [name, { ...answered, failing: { ...check.failing, sinceMs } }]
  })
  return { ...before, ...Object.fromEntries(merged) }
}

/** WhatsApp's code, or ours where it did not answer. */
export function codeOf({ code, details }: AppError): string {
  const told: unknown =
    typeof details === 'object' && details !== null ? Reflect.get(details, 'code') : undefined
  return code === 'whatsapp' && (typeof told === 'number' || typeof told === 'string')
    ? String(told)
    : code
}
