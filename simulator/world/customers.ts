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
    return this.all().find((one) => one.phone === digitsOf(phone))
  }

  /** By their own user id or the one of the parent business. */
  withUserId(userId: string): Customer | undefined {
    return this.all().find((one) => one.userId === userId || one.parentUserId === userId)
  }

  /** The name the next person gets when the control call gives none. */
  nextId(): string {
    return `customer-${this.#byId.size + 1}`
  }
}
