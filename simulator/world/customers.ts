import type { Customer } from './customer.ts'
import { digitsOf } from './number.ts'

/** Everyone who has a phone with WhatsApp on it. Whoever is not here cannot be reached. */
export class Customers {
  readonly #byId = new Map<string, Customer>()

  add(customer: Customer): void {
    this.#byId.set(customer.id, customer)
  }

  get(id: string): Customer | undefined {
    return this.#byId.get(id)
  }

  all(): Customer[] {
    return [...this.#byId.values()]
  }

  withPhone(phone: string): Customer | undefined {
    const digits = digitsOf(phone)
    return this.#find((one) => one.phone === digits)
  }

  /** By their own user id or the one of the parent business. */
  withUserId(userId: string): Customer | undefined {
    return this.#find((one) => one.userId === userId || one.parentUserId === userId)
  }

  /** Whoever wrote the message of that id. */
  authorOf(wamid: string): Customer | undefined {
    return this.#find((one) => one.wrote.has(wamid))
  }

  /** The name the next person gets when the control call gives none. */
  nextId(): string {
    return `customer-${this.#byId.size + 1}`
  }

  #find(isMeant: (one: Customer) => boolean): Customer | undefined {
    for (const one of this.#byId.values()) if (isMeant(one)) return one
    return undefined
  }
}
