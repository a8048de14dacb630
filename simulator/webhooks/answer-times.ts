import type { Answer } from './lanes.ts'

/** Neighbouring steps are so far apart, so a percentile is right to within two per cent. */
const step = 1.02

/** How a server answered its webhooks, kept small however many they are. */
export class AnswerTimes {
  /** How many answers took so many steps. */
  readonly #counts = new Map<number, number>()
  #mostMs = 0
  #answered = 0
  #refused = 0
  #unanswered = 0
  #updates = 0

  note({ status, tookMs, updates }: Answer): void {
    if (status === undefined) {
      this.#unanswered += 1
      return
    }
    if (status === 200) {
      this.#answered += 1
      this.#updates += updates
    } else {
      this.#refused += 1
    }
    const place = Math.ceil(Math.log(Math.max(tookMs, 0.01)) / Math.log(step))
    this.#counts.set(place, (this.#counts.get(place) ?? 0) + 1)
    this.#mostMs = Math.max(this.#mostMs, tookMs)
  }

  /** Calls by how they ended, the updates in those answered 200, and how long an answer took. */
  report() {
    return {
      calls: { answered: this.#answered, refused: this.#refused, unanswered: this.#unanswered },
      updatesAnswered: this.#updates,
      latencyMs: {
        p50: this.#percentile(0.5),
        p90: this.#percentile(0.9),
        p99: this.#percentile(0.99),
        max: round(this.#mostMs),
      },
    }
  }

  #percentile(share: number): number {
    const wanted = share * (this.#answered + this.#refused)
    let seen = 0
    for (const [place, count] of [...this.#counts].sort(([a], [b]) => a - b)) {
      seen += count
      if (seen >= wanted) return Math.min(round(step ** place), round(this.#mostMs))
    }
    return 0
  }
}

function round(ms: number): number {
  return Math.round(ms * 100) / 100
}
