import { amira } from './conversations/amira.ts'
import { annalena } from './conversations/annalena.ts'
import { beatrix } from './conversations/beatrix.ts'
import { bjoern } from './conversations/bjoern.ts'
import { chiara } from './conversations/chiara.ts'
import { claudia } from './conversations/claudia.ts'
import { doerte } from './conversations/doerte.ts'
import { elke } from './conversations/elke.ts'
import { emre } from './conversations/emre.ts'
import { fiona } from './conversations/fiona.ts'
import { florian } from './conversations/florian.ts'
import { friederike } from './conversations/friederike.ts'
import { gerd } from './conversations/gerd.ts'
import { hanne } from './conversations/hanne.ts'
import { hannelore } from './conversations/hannelore.ts'
import { hassan } from './conversations/hassan.ts'
import { hinrich } from './conversations/hinrich.ts'
import { ingrid } from './conversations/ingrid.ts'
import { james } from './conversations/james.ts'
import { janole } from './conversations/janole.ts'
import { juergen } from './conversations/juergen.ts'
import { karlheinz } from './conversations/karlheinz.ts'
import { katarzyna } from './conversations/katarzyna.ts'
import { lena } from './conversations/lena.ts'
import { lindner } from './conversations/lindner.ts'
import { maria } from './conversations/maria.ts'
import { marta } from './conversations/marta.ts'
import { mehmet } from './conversations/mehmet.ts'
import { monika } from './conversations/monika.ts'
import { nadine } from './conversations/nadine.ts'
import { nils } from './conversations/nils.ts'
import { oliver } from './conversations/oliver.ts'
import { paul } from './conversations/paul.ts'
import { petra } from './conversations/petra.ts'
import { priya } from './conversations/priya.ts'
import { robin } from './conversations/robin.ts'
import { roswitha } from './conversations/roswitha.ts'
import { sabine } from './conversations/sabine.ts'
import { siobhan } from './conversations/siobhan.ts'
import { sophie } from './conversations/sophie.ts'
import { thomas } from './conversations/thomas.ts'
import { tobias } from './conversations/tobias.ts'
import { ute } from './conversations/ute.ts'
import { wolfgang } from './conversations/wolfgang.ts'
import { yusuf } from './conversations/yusuf.ts'
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
  ingrid,
  bjoern,
  claudia,
  yusuf,
  hannelore,
  fiona,
  emre,
  gerd,
  sabine,
  tobias,
  marta,
  ute,
  james,
  hanne,
  karlheinz,
  nadine,
  friederike,
  amira,
  wolfgang,
  lindner,
  chiara,
  nils,
  roswitha,
  sophie,
  hassan,
  monika,
  florian,
  elke,
  robin,
  janole,
  beatrix,
  paul,
  maria,
]
