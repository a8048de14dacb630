import pg from 'pg'

/** Questions to PostgreSQL that this process waits for. */
let underWay = 0

type Loose = (this: unknown, ...args: unknown[]) => unknown

/** Counts what is asked of PostgreSQL from now on, so that a simulation knows when everything has come to rest. */
export function countQuestions(): void {
  for (const [owner, name] of [
    [pg.Client.prototype, 'query'],
    [pg.Pool.prototype, 'connect'],
  ] as const) {
    const original = Reflect.get(owner, name) as Loose // methods of the driver
    Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
      const asked = original.apply(this, args)
      if (!(asked instanceof Promise)) return asked
      underWay += 1
      const done = () => void (underWay -= 1)
      asked.then(done, done)
      return asked
    })
  }
}

/** Resolves when nothing has been asked for some turns. */
export async function quietDatabase(): Promise<void> {
  for (let turns = 0; turns < 4; turns = underWay === 0 ? turns + 1 : 0)
    await new Promise((resolve) => setImmediate(resolve))
}
