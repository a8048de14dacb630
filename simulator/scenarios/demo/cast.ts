import { annalena } from './conversations/annalena.ts'
import { doerte } from './conversations/doerte.ts'
import { hinrich } from './conversations/hinrich.ts'
import { juergen } from './conversations/juergen.ts'
import { katarzyna } from './conversations/katarzyna.ts'
import { lena } from './conversations/lena.ts'
import { mehmet } from './conversations/mehmet.ts'
import { oliver } from './conversations/oliver.ts'
import { petra } from './conversations/petra.ts'
import { priya } from './conversations/priya.ts'
import { siobhan } from './conversations/siobhan.ts'
import { thomas } from './conversations/thomas.ts'
import type { Conversation } from './script.ts'

/** Everyone who writes with Nordwerk. A new person is a file in conversations/ and a name here. */
export const cast: Conversation[] = [
  doerte,
  mehmet,
  katarzyna,
  lena,
  juergen,
  petra,
  thomas,
  oliver,
  siobhan,
  priya,
  hinrich,
  annalena,
]
