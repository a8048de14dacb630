import { expect, test } from 'vitest'
import { fold, foldSpelt } from './fold.ts'

test('what differs by case, marks or spelling only is the same once folded', () => {
  const table: [written: string, folded: string, spelt: string][] = [
    ['Müller', 'muller', 'mueller'],
    ['MU\u0308LLER', 'muller', 'mueller'],
    ['Straße', 'strasse', 'strasse'],
    ['STRAẞE', 'strasse', 'strasse'],
    ['Dörte Ölsäure', 'dorte olsaure', 'doerte oelsaeure'],
    ['Yıldız', 'yildiz', 'yildiz'],
    ['İstanbul', 'istanbul', 'istanbul'],
    ['Øresund', 'oresund', 'oresund'],
    ['Łódź', 'lodz', 'lodz'],
    ['Café', 'cafe', 'cafe'],
    ['ﬁnden', 'finden', 'finden'],
    ['４７１１', '4711', '4711'],
    ['Иванов', 'иванов', 'иванов'],
    ['ΟΔΟΣ', 'οδοσ', 'οδοσ'],
  ]
  for (const [written, folded, spelt] of table) {
    expect([fold(written), foldSpelt(written)], written).toEqual([folded, spelt])
  }
})
