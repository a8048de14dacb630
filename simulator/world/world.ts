import { Faults } from './faults.ts'
import { PublicFiles } from '../media/public-files.ts'
import { MediaStore } from '../media/store.ts'
import { Rates } from '../messaging/rates.ts'
import { Outbox } from '../webhooks/outbox.ts'
import type { Account } from './account.ts'
import type { Clock } from './clock.ts'
import { Customers } from './customers.ts'
import { createAccount, createNumbers, createTemplates, type FirmSettings } from './firm.ts'
import { Histories } from './history.ts'
import { createIds, type Ids } from './ids.ts'
import type { Accepted, SentMessage } from './message.ts'
import type { BusinessNumber } from './number.ts'
import { createRandom, type Random } from './random.ts'
import { createSettings, type Settings } from './settings.ts'
import type { Template } from './template.ts'
import { Uploads } from './uploads.ts'

/** All there is on the desk: one firm's WhatsApp account and the people it writes with. */
export type World = {
  seed: number
  clock: Clock
  random: Random
  ids: Ids
  account: Account
  /** In the order they are listed; the first is meant when none is named. */
  numbers: Map<string, BusinessNumber>
  templates: Map<string, Template>
  /** Templates that were deleted: their names stay taken for 30 days. By name, when. */
  deletedTemplates: Map<string, number>
  media: MediaStore
  publicFiles: PublicFiles
  uploads: Uploads
  customers: Customers
  sent: Map<string, SentMessage>
  accepted: Accepted[]
  /** By template: what was accepted and waits for the verdict on the template. */
  held: Map<string, SentMessage[]>
  histories: Histories
  /** Free-form messages delivered, by number and month: the first thousand are free. */
  serviceCount: Map<string, number>
  rates: Rates
  faults: Faults
  settings: Settings
  outbox: Outbox
  /** The simulator's own address, known once it listens. */
  url: string
  /** Hears of every bug in the simulator itself. */
  report: (bug: unknown) => void
}

type WorldSettings = FirmSettings & {
  seed: number
  clock: Clock
  report: (bug: unknown) => void
}

export function createWorld(settings: WorldSettings): World {
  const { seed, clock, report } = settings
  const random = createRandom(seed)
  const account = createAccount(seed, clock.nowMs(), settings)
  const numbers = new Map(createNumbers(seed, clock.nowMs()).map((one) => [one.id, one]))
  const templates = new Map(createTemplates(seed, clock.nowMs()).map((one) => [one.id, one]))
  const faults = new Faults(random)
  const behaviour = createSettings()
  const outbox = new Outbox({
    clock,
    faults,
    random,
    settings: behaviour,
    secret: () => account.appSecret,
    target(numberId) {
      const number = numberId === undefined ? undefined : numbers.get(numberId)
      const override = numberId === undefined ? undefined : account.override
      return number?.callback?.url ?? override?.url ?? account.callback
    },
  })
  return {
    seed,
    clock,
    random,
    ids: createIds(clock, random),
    account,
    numbers,
    templates,
    deletedTemplates: new Map(),
    media: new MediaStore(),
    publicFiles: new PublicFiles(),
    uploads: new Uploads(),
    customers: new Customers(),
    sent: new Map(),
    accepted: [],
    held: new Map(),
    histories: new Histories(),
    serviceCount: new Map(),
    rates: new Rates(),
    faults,
    settings: behaviour,
    outbox,
    url: '',
    report,
  }
}
