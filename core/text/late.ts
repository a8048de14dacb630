import { advice as adviceDe } from './de/advice.ts'
import { choosing as choosingDe } from './de/choosing.ts'
import { deliveries as deliveriesDe } from './de/deliveries.ts'
import { cost as costDe } from './de/cost.ts'
import { drafts as draftsDe } from './de/drafts.ts'
import { labels as labelsDe } from './de/labels.ts'
import { merge as mergeDe } from './de/merge.ts'
import { numbers as numbersDe } from './de/numbers.ts'
import { remedies as remediesDe } from './de/remedies.ts'
import { presence as presenceDe } from './de/presence.ts'
import { search as searchDe } from './de/search.ts'
import { signin as signinDe } from './de/signin.ts'
import { sight as sightDe } from './de/sight.ts'
import { taps as tapsDe } from './de/taps.ts'
import { templates as templatesDe } from './de/templates.ts'
import { uploads as uploadsDe } from './de/uploads.ts'
import { verification as verificationDe } from './de/verification.ts'
import { advice as adviceEn } from './en/advice.ts'
import { choosing as choosingEn } from './en/choosing.ts'
import { deliveries as deliveriesEn } from './en/deliveries.ts'
import { cost as costEn } from './en/cost.ts'
import { drafts as draftsEn } from './en/drafts.ts'
import { labels as labelsEn } from './en/labels.ts'
import { merge as mergeEn } from './en/merge.ts'
import { numbers as numbersEn } from './en/numbers.ts'
import { remedies as remediesEn } from './en/remedies.ts'
import { presence as presenceEn } from './en/presence.ts'
import { search as searchEn } from './en/search.ts'
import { signin as signinEn } from './en/signin.ts'
import { sight as sightEn } from './en/sight.ts'
import { taps as tapsEn } from './en/taps.ts'
import { templates as templatesEn } from './en/templates.ts'
import { uploads as uploadsEn } from './en/uploads.ts'
import { verification as verificationEn } from './en/verification.ts'

const de = {
  advice: adviceDe,
  choosing: choosingDe,
  deliveries: deliveriesDe,
  cost: costDe,
  drafts: draftsDe,
  labels: labelsDe,
  merge: mergeDe,
  numbers: numbersDe,
  remedies: remediesDe,
  presence: presenceDe,
  search: searchDe,
  signin: signinDe,
  sight: sightDe,
  taps: tapsDe,
  templates: templatesDe,
  uploads: uploadsDe,
  verification: verificationDe,
} as const

const en: { [A in keyof typeof de]: { readonly [K in keyof (typeof de)[A]]: string } } = {
  advice: adviceEn,
  choosing: choosingEn,
  deliveries: deliveriesEn,
  cost: costEn,
  drafts: draftsEn,
  labels: labelsEn,
  merge: mergeEn,
  numbers: numbersEn,
  remedies: remediesEn,
  presence: presenceEn,
  search: searchEn,
  signin: signinEn,
  sight: sightEn,
  taps: tapsEn,
  templates: templatesEn,
  uploads: uploadsEn,
  verification: verificationEn,
}

/** Texts of what is opened now and then, fetched together with the first of it. */
export const late = { de, en } as const
